/**
 * What a {@code vrrp_script} runs: words and operators of the POSIX shell (IEEE 1003.1, chapter 2), and what the commands
 * that health checks are made of ask. Knows nothing of keepalived or of cluster files.
 */
package io.jenkins.plugins.baton.cluster.importer.shell;
