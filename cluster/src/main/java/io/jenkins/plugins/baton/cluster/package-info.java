/** The cluster file: one file, the same on every node, from which each agent and every command takes its facts. */
package io.jenkins.plugins.baton.cluster;
