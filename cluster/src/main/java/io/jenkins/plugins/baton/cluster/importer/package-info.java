/**
 * Reads the {@code keepalived.conf} and {@code haproxy.cfg} that people have today and writes a cluster file from them,
 * with a word on every directive that it did not carry over.
 */
package io.jenkins.plugins.baton.cluster.importer;
