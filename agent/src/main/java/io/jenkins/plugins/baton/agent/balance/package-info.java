/** How a server is chosen for a new connection. Pure: no I/O, no clock, no randomness. */
package io.jenkins.plugins.baton.agent.balance;
