/** Logins with the keys of a running ssh-agent, which signs and keeps them. */
package io.jenkins.plugins.baton.fleet.ssh.sshagent;
