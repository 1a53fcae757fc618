/** A Jenkins with the plugin, beside the hosts of a lab, for a person who tries it. */
package io.jenkins.plugins.baton.lab.jenkins;
