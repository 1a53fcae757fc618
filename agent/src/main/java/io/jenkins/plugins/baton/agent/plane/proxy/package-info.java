/**
 * The proxy plane: accepts a client, connects to a healthy backend, and passes bytes between the two until both are
 * done. The two sides of a session always live on the same event loop; Netty has the sockets, not the channels.
 */
package io.jenkins.plugins.baton.agent.plane.proxy;
