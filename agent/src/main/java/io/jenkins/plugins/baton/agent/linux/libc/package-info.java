/**
 * The functions of libc that the agent calls, and what every kind of socket needs: descriptors, structs, {@code poll} and {@code epoll},
 * errors as sentences. Knows no protocol.
 */
package io.jenkins.plugins.baton.agent.linux.libc;
