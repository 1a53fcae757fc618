/** The contract of a data plane: what moves the bytes of the cluster file's frontends, and what can be seen of it. */
package io.jenkins.plugins.baton.agent.plane;
