/**
 * A client that never stops asking, and what it notices. The client itself is a JVM of its own inside a host of the lab
 * ({@link io.jenkins.plugins.baton.lab.probe.ProbeMain}); {@link io.jenkins.plugins.baton.lab.probe.Client} starts it
 * and keeps what it says.
 */
package io.jenkins.plugins.baton.lab.probe;
