/**
 * The agent as it is delivered, in a lab of network namespaces: beside the real keepalived, and through the faults of
 * real life. Root and the packages of {@code lab/install-packages test} are needed.
 */
package io.jenkins.plugins.baton.agent.it;
