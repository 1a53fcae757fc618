/** Idle TCP connections between the agents: when one of them ends, its kernel tells the others within a millisecond. */
package io.jenkins.plugins.baton.agent.peerlink;
