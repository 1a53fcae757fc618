/** What a step tells while it works: from the Jenkins node it goes to the controller as JSON, and is kept with the build. */
package io.jenkins.plugins.baton.jenkins.record;
