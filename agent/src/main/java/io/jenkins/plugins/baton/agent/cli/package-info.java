/** The command line of {@code baton-agent}: one file per command, no logic that is not about words and exit codes. */
package io.jenkins.plugins.baton.agent.cli;
