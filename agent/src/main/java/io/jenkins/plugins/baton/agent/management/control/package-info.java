/**
 * The UNIX socket behind {@code baton-agent status}, {@code handover} and the other commands: its two ends, the files in
 * the run-time directory, and the tables.
 */
package io.jenkins.plugins.baton.agent.management.control;
