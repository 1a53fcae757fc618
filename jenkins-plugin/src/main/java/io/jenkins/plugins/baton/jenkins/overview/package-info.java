/** All clusters on one page: a page of Jenkins and a view of the dashboard, made of the index, never of builds. */
package io.jenkins.plugins.baton.jenkins.overview;
