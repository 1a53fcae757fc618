/**
 * What a reader of the agent's JSON gets: one record for each MBean, with all of its attributes, as {@link
 * io.jenkins.plugins.baton.jmx.Snapshot} writes them. Instants are ISO 8601 by the node's clock and empty for what has not
 * happened yet. A list or map that an older agent does not send is empty, another value null or zero.
 */
package io.jenkins.plugins.baton.jmx.status;
