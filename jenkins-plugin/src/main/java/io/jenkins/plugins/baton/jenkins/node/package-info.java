/** What runs on the Jenkins node of the build: it reads the cluster file there, logs in to the nodes from there. */
package io.jenkins.plugins.baton.jenkins.node;
