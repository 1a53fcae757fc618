/**
 * What connection tracking of this node must forget, and when: connections to a backend that is lost, and ended connections of this
 * node's own backend, whose ports may be used again elsewhere.
 */
package io.jenkins.plugins.baton.agent.plane.kernel.tracking;
