/** The agent's release that belongs to this version of the plugin. */
package io.jenkins.plugins.baton.jenkins.release;
