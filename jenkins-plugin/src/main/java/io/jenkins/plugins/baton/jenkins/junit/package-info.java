/** What the build shows in the JUnit plugin's pages, where that plugin is installed. */
package io.jenkins.plugins.baton.jenkins.junit;
