/** What a browser sees: the page of a build's drills and the trend of a job. */
package io.jenkins.plugins.baton.jenkins.page;
