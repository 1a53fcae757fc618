/** Reads one node's {@code keepalived.conf}: instances, scripts, and keepalived's defaults for what is not said. */
package io.jenkins.plugins.baton.cluster.importer.keepalived;
