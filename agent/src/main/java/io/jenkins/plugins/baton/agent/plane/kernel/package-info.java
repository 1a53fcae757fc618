/**
 * The kernel plane, direct return: the holder of a VIP only chooses a node by a stateless hash and copies the frame to
 * it; that node rewrites it and answers the client itself. All of it is nftables rules, which {@code rules} writes and
 * this package loads; the kernel moves the bytes.
 */
package io.jenkins.plugins.baton.agent.plane.kernel;
