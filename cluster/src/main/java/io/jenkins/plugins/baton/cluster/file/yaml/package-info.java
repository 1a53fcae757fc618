/** YAML as a tree whose every node knows its line and column; of YAML only what a cluster file needs. */
package io.jenkins.plugins.baton.cluster.file.yaml;
