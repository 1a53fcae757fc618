/**
 * The test bench: hosts as network namespaces on a bridge, the faults of real life, and a client that measures what it
 * notices. It needs root and iproute2; it is never shipped.
 */
package io.jenkins.plugins.baton.lab;
