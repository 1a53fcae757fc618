/**
 * The TLS side of a check, by BoringSSL: every connection is a whole handshake, and the server's certificate is looked at
 * in each. Why not the JDK's own: docs/decisions/idle-cost.md.
 */
package io.jenkins.plugins.baton.agent.health.tls;
