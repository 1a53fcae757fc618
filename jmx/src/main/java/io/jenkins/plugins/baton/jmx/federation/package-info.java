/**
 * What is shown of a whole cluster at one place: every bean of every node with the name of its node, and a bean of the
 * cluster itself.
 */
package io.jenkins.plugins.baton.jmx.federation;
