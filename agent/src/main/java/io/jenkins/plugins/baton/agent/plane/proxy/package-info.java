/**
 * The proxy plane: accepts a client, connects to a healthy backend, and passes bytes between the two until both are
 * done. Netty's epoll channels; the two sides of a session always live on the same event loop.
 */
package io.jenkins.plugins.baton.agent.plane.proxy;
