/** Whether the network between the nodes lets through what the agents send: tried with packets that nobody acts on. */
package io.jenkins.plugins.baton.agent.reachability;
