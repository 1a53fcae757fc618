package io.jenkins.plugins.baton.fleet.drill;

import io.jenkins.plugins.baton.probe.LongLived;
import io.jenkins.plugins.baton.probe.Sample;
import java.util.List;

/**
 * What was seen in one drill, by its client and by the nodes.
 *
 * @param connects every new connection
 * @param longLived how many connections were held
 * @param losses those of them that were lost
 * @param requests on a kept connection; none when they were not asked for
 * @param recording what the nodes said
 * @param clockErrorMillis the largest of the nodes'
 */
record Observations(
        List<Sample> connects,
        int longLived,
        List<LongLived.Loss> losses,
        List<Sample> requests,
        Recording recording,
        double clockErrorMillis) {}
