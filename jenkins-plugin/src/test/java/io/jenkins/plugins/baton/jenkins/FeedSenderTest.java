package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.fleet.status.Stage;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import io.jenkins.plugins.baton.fleet.status.View;
import io.jenkins.plugins.baton.jenkins.record.FeedSender;
import io.jenkins.plugins.baton.jenkins.record.Look;
import io.jenkins.plugins.baton.jenkins.record.StepFeed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The way from the Jenkins node to the controller: nothing waits for it, and nothing of it is lost at the end. */
class FeedSenderTest {
    private static final String CLUSTER = """
            cluster: prod
            nodes:
              - {name: m1, address: 10.0.0.1, priority: 110}
              - {name: m2, address: 10.0.0.2, priority: 100}
            virtualRouters:
              - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: [10.0.0.9/24]}
            """;
    private static final View NOTHING = new View(Map.of(), Map.of("m1", "m1: no", "m2", "m2: no"));

    private final CountDownLatch answers = new CountDownLatch(1);
    private final List<String> told = new CopyOnWriteArrayList<>();

    /** Answers when it may. */
    private final StepFeed controller = new StepFeed() {
        @Override
        public void cluster(String name) {
            told.add(name);
            try {
                answers.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void look(String json) {
            try {
                Look look = StatusJson.mapper().readValue(json, Look.class);
                told.add(look.stage() + " " + look.missing() + look.names());
            } catch (IOException e) {
                told.add(e.toString());
            }
        }

        @Override
        public void intention(String json) {}

        @Override
        public void drill(String json) {}

        @Override
        public void refused() {
            told.add("refused");
        }

        @Override
        public void standing(String sentence) {
            told.add(sentence);
        }
    };

    private static Cluster cluster() throws Exception {
        return ClusterFile.parse(Path.of("c.yaml"), CLUSTER.getBytes(StandardCharsets.UTF_8))
                .cluster();
    }

    @Test
    void aSlowControllerDelaysNothingAndGetsTheLastLookOfEachStageInOrder() throws Exception {
        try (FeedSender sender = new FeedSender(controller, cluster())) {
            for (int i = 0; i <= 100; i++) {
                sender.see(Stage.BEFORE, NOTHING, List.of("missing " + i));
            }
            sender.see(Stage.AFTER, NOTHING, List.of());
            sender.refuse();
            answers.countDown();
        }

        assertThat(told).containsExactly("prod", "BEFORE [missing 100][m1, m2]", "AFTER [][m1, m2]", "refused");
    }

    /** Of the looks, which come often, only the last of each stage waits for its turn. */
    @Test
    void howThingsStandDoesNotWaitForTheNextLook() throws Exception {
        answers.countDown();
        try (FeedSender sender = new FeedSender(controller, cluster())) {
            sender.see(Stage.BEFORE, NOTHING, List.of());
            while (told.size() < 2) {
                Thread.sleep(5);
            }
            sender.see(Stage.AFTER, NOTHING, List.of());
            sender.ifLost("m2 was in its turn");
            sender.ifLost("m2 had had its turn");
        }

        assertThat(told).contains("m2 was in its turn", "m2 had had its turn").endsWith("m2 had had its turn");
    }

    @Test
    void whatIsAboutToBeginIsToldFirst() throws Exception {
        answers.countDown();
        try (FeedSender sender = new FeedSender(controller, cluster())) {
            sender.begin("m2 is in its turn");

            assertThat(told).endsWith("m2 is in its turn");
        }
    }

    @Test
    void anInterruptDoesNotKeepTheRestFromBeingTold() throws Exception {
        FeedSender sender = new FeedSender(controller, cluster());
        sender.refuse();
        Thread.currentThread().interrupt();
        answers.countDown();
        sender.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(told).containsExactly("prod", "refused");
    }
}
