/** Whether the network between the nodes lets through what the agents and their clients send, and if not, who stops it. */
package io.jenkins.plugins.baton.fleet.network;
