/** One SSH connection per node: who logs in, which host keys are believed, commands as root, files. */
package io.jenkins.plugins.baton.fleet.ssh;
