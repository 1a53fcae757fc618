/**
 * The cluster file: one file, the same on every node, from which each agent and every command takes its facts. Its
 * keys ({@link ClusterFormat}) are read into a {@link Draft}, the rules compare what belongs together, and
 * {@link ClusterBuilder} makes the model.
 */
package io.jenkins.plugins.baton.cluster.file;
