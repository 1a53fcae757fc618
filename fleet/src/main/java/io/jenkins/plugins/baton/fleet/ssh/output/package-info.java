/** What a command on a node prints: lines of a peer that may never end one, and which of them are the command's own. */
package io.jenkins.plugins.baton.fleet.ssh.output;
