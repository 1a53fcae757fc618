/** Reads {@code haproxy.cfg}: frontends with their servers and checks, and haproxy's defaults for what is not said. */
package io.jenkins.plugins.baton.cluster.importer.haproxy;
