/** What a cluster file says, as values: nodes, virtual routers, frontends, checks. It does not know how it is written. */
package io.jenkins.plugins.baton.cluster;
