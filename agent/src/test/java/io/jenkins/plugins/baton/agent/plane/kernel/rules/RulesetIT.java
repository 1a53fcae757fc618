package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend.Dispatch;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules as the kernel and libnftables see them. */
class RulesetIT {
    private static final String STRANGER = "table ip stranger {\n\tchain keep {\n\t\taccept\n\t}\n}\n";

    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private final Nftables nftables = host.call(Nftables::open);

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, "eth0", peer);
        run(STRANGER);
    }

    @AfterEach
    void close() {
        host.run(nftables::close);
        host.close();
        peer.close();
    }

    @Test
    void rulesOfEveryViewAreAccepted() {
        Random random = new Random(86);
        for (int i = 0; i < 14; i++) {
            int nodes = 1 + i % 7;
            Dispatch dispatch = Dispatch.values()[i % 3];

            run(Ruleset.install(view(nodes, dispatch, random)));
            for (int j = 0; j < 3; j++) {
                run(Ruleset.update(view(nodes, dispatch, random)));
            }
        }

        assertThat(run("list tables")).contains("table ip baton", "table ip6 baton");
    }

    @Test
    void updateAndInstallationOfOneViewAreTheSameRules() {
        Random random = new Random(87);
        run(Ruleset.install(view(3, Dispatch.BY_CONNECTION, random)));
        ClusterView view = view(3, Dispatch.BY_CONNECTION, random);
        run(Ruleset.update(view));
        String updated = run("list ruleset");

        run(Ruleset.install(view));

        assertThat(updated.lines())
                .containsExactlyInAnyOrderElementsOf(run("list ruleset").lines().toList());
    }

    @Test
    void removalLeavesTheRulesOfOthersAsTheyWere() {
        run(Ruleset.install(view(3, Dispatch.BY_CONNECTION, new Random(88))));
        run(Ruleset.remove());

        assertThat(run("list ruleset").strip()).isEqualTo(STRANGER.strip());
        run(Ruleset.remove());
        assertThat(run("list ruleset").strip()).isEqualTo(STRANGER.strip());
    }

    /** Two frontends of one family and one of the other; each node serves, is drained, or is absent. */
    private static ClusterView view(int nodes, Dispatch dispatch, Random random) {
        SeatState[] states = new SeatState[nodes];
        for (int i = 0; i < nodes; i++) {
            states[i] = SeatState.values()[i == 0 ? random.nextInt(2) : random.nextInt(3)];
        }
        KernelFrontend[] frontends = {
            Views.frontend("10.86.13.36", 8443, 0, dispatch, states),
            Views.frontend("10.86.13.37", 9443, 0, dispatch, states),
            Views.frontend("fd00:86:13::36", 8443, 0, dispatch, states)
        };
        return Views.of(Certainty.values()[random.nextInt(3)], frontends);
    }

    private String run(String commands) {
        return host.call(() -> nftables.run(commands));
    }
}
