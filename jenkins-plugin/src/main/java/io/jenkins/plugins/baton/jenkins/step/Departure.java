package io.jenkins.plugins.baton.jenkins.step;

import io.jenkins.plugins.baton.fleet.maintenance.Begun;

/**
 * What a Jenkins node says of a node that it took out of service.
 *
 * @param cluster its name in the cluster file, which only the Jenkins node may have
 * @param address of the node
 */
record Departure(String cluster, String address, Begun begun) {}
