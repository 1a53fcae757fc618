package io.jenkins.plugins.baton.lab.bench;

import io.jenkins.plugins.baton.lab.Agent;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Lab;
import io.jenkins.plugins.baton.lab.experiment.ClusterTestbed;
import io.jenkins.plugins.baton.lab.experiment.Stack;
import io.jenkins.plugins.baton.lab.experiment.Variant;
import io.jenkins.plugins.baton.lab.experiment.Variant.Plane;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** False failovers: two processes take all of the processor, nothing else is wrong, and the VIP should stay where it is. */
final class FalseFailovers {
    static final List<Integer> INTERVALS = List.of(100, 50);

    private static final Duration MEASURE_TIME = Duration.ofSeconds(90);
    private static final int HOGS = 2;
    static final String BATON = "Baton";
    private static final String KEEPALIVED = "keepalived";

    /** @param row of the page to which the moves are added */
    private record Running(String row, ClusterTestbed testbed) {}

    private FalseFailovers() {}

    /** All candidates at the same time, under the same hogs. */
    static void round(Agent agent, Samples samples) {
        List<Running> all = new ArrayList<>();
        try {
            for (int millis : INTERVALS) {
                Variant variant = new Variant(Plane.PROXY, false, millis + "ms");
                all.add(start(millis, Stacks.baton(BATON, agent, variant)));
                all.add(start(millis, Stacks.keepalived(KEEPALIVED, Double.toString(millis / 1000.0))));
            }
            List<Daemon> hogs = Stream.generate(() -> hog(all.get(0).testbed().lab()))
                    .limit(HOGS)
                    .toList();
            long begin = System.nanoTime();
            Await.pause(MEASURE_TIME);
            all.forEach(one -> samples.add(
                    one.row(),
                    one.testbed().stack().name(),
                    one.testbed().vip().since(begin).size()));
            hogs.forEach(Daemon::kill);
        } finally {
            all.forEach(one -> one.testbed().close());
        }
    }

    static String row(int millis) {
        return "moves of the VIP in 90 s under two CPU hogs, adverts every " + millis + " ms";
    }

    private static Running start(int millis, Stack stack) {
        return new Running(row(millis), ClusterTestbed.running(3, stack));
    }

    private static Daemon hog(Lab lab) {
        return lab.client().start("hog", List.of("sh", "-c", "while :; do :; done"), Map.of());
    }
}
