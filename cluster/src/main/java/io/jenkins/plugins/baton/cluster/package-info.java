/**
 * What a cluster file says, as values: nodes, virtual routers, frontends, checks; and how mistakes in a file are told. It does
 * not know how the file is written.
 */
package io.jenkins.plugins.baton.cluster;
