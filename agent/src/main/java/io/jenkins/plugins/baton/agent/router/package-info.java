/**
 * Runs virtual routers in real time: one thread that owns its sockets and its clock, performs what
 * {@link io.jenkins.plugins.baton.agent.vrrp.StateMachine} decides, and never waits for anybody.
 */
package io.jenkins.plugins.baton.agent.router;
