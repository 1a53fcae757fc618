/**
 * Makes one cluster of what all files of all nodes say: who the nodes are, their virtual routers, frontends and checks; and
 * writes it.
 */
package io.jenkins.plugins.baton.cluster.importer.merge;
