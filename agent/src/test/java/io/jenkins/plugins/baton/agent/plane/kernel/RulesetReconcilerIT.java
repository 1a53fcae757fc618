package io.jenkins.plugins.baton.agent.plane.kernel;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.DRAINED;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.SERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.NftablesException;
import io.jenkins.plugins.baton.agent.plane.kernel.HostRules.Change;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Views;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Another program's transactions of nftables beside those of the agent, at every moment of them. */
class RulesetReconcilerIT {
    private static final int ROUNDS = 120;
    /** Ours takes some milliseconds with the look at what it left. */
    private static final long STEP_NANOS = 25_000;

    private static final ClusterView ONE = Views.of(Views.frontend("10.86.13.36", 8443, SERVING, SERVING));
    private static final ClusterView OTHER = Views.of(Views.frontend("10.86.13.36", 8443, SERVING, DRAINED));

    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private final Nftables stranger = host.call(Nftables::open);
    private final RulesetReconciler rules = host.call(RulesetReconciler::open);

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, "eth0", peer);
    }

    @AfterEach
    void close() {
        host.run(rules::close);
        host.run(stranger::close);
        host.close();
        peer.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"flush table ip baton", "delete table ip baton", "delete table inet baton"})
    void strangersTransactionBesideOursIsNoticedAtTheNextLook(String transaction) throws Exception {
        String one = installed(ONE);
        String other = installed(OTHER);
        for (int round = 0; round < ROUNDS; round++) {
            ClusterView wanted = round % 2 == 0 ? ONE : OTHER;
            beside(transaction, round * STEP_NANOS, wanted);
            host.call(() -> put(wanted));
            assertThat(listed()).as("in round %d", round).isEqualTo(round % 2 == 0 ? one : other);
        }
    }

    @Test
    void transactionsThatAreNotAboutOurRulesAreNotTakenForChangesOfThem() throws Exception {
        installed(ONE);
        for (int round = 0; round < ROUNDS; round++) {
            ClusterView wanted = round % 2 == 0 ? OTHER : ONE;
            beside("table ip kube { }; delete table ip kube", round * STEP_NANOS, wanted);
            assertThat(host.call(() -> put(wanted))).as("in round %d", round).isNotEqualTo(Change.RESTORATION);
            assertThat(host.call(() -> put(wanted))).as("in round %d", round).isEqualTo(Change.NONE);
        }
    }

    /** Has both put something, the stranger some time after the agent has begun. */
    private void beside(String transaction, long nanos, ClusterView wanted) throws Exception {
        CyclicBarrier begin = new CyclicBarrier(2);
        CompletableFuture<Void> strangers = CompletableFuture.runAsync(() -> transact(begin, nanos, transaction));
        host.run(() -> {
            begin.await();
            try {
                put(wanted);
            } catch (NftablesException e) {
                // A table was gone already. The agent looks again later.
            }
        });
        strangers.get();
    }

    private void transact(CyclicBarrier begin, long nanos, String transaction) {
        try {
            begin.await();
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            stranger.run(transaction + "\n");
        } catch (NftablesException e) {
            // There was none to delete just now.
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String installed(ClusterView view) {
        host.call(() -> put(view));
        return listed();
    }

    private Change put(ClusterView view) throws IOException {
        return rules.put(view, Set.of(), rules.isTamperedWith());
    }

    private String listed() {
        return host.call(() -> stranger.runStateless("list ruleset\n"));
    }
}
