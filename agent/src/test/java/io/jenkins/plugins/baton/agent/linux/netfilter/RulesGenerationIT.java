package io.jenkins.plugins.baton.agent.linux.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.libc.Poller;
import io.jenkins.plugins.baton.agent.linux.netlink.ChangeSignal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RulesGenerationIT {
    @Test
    void everyTransactionIsANewGenerationAndReadingIsNone() {
        try (NamespaceThread host = new NamespaceThread();
                Nftables nftables = host.call(Nftables::open);
                RulesGeneration generation = host.call(RulesGeneration::open)) {
            int first = host.call(generation::now);
            host.run(() -> nftables.run("list ruleset\n"));
            assertThat(host.call(generation::now)).isEqualTo(first);

            host.run(() -> nftables.run("table ip one {\n}\n"));
            int second = host.call(generation::now);
            assertThat(second).isNotEqualTo(first);

            host.run(() -> nftables.run("flush ruleset\n"));
            assertThat(host.call(generation::now)).isNotIn(first, second);
        }
    }

    @Test
    void everyTransactionIsToldAndReadingIsNot() throws Exception {
        try (NamespaceThread host = new NamespaceThread();
                Nftables nftables = host.call(Nftables::open);
                ChangeSignal changes = host.call(RulesGeneration::changes)) {
            Poller poller = new Poller();
            poller.add(changes);
            host.run(() -> nftables.run("list ruleset\n"));
            assertThat(poller.await(0)).isFalse();

            for (String transaction : List.of("table ip one {\n}\n", "add chain ip one c\n", "flush ruleset\n")) {
                host.run(() -> nftables.run(transaction));
                assertThat(poller.await(TimeUnit.SECONDS.toNanos(30)))
                        .as(transaction)
                        .isTrue();
                changes.clear();
                assertThat(poller.await(0)).as("after " + transaction).isFalse();
            }
        }
    }

    @Test
    void signalThatIsNotReadForLongIsOneSignal() throws Exception {
        try (NamespaceThread host = new NamespaceThread();
                Nftables nftables = host.call(Nftables::open);
                ChangeSignal changes = host.call(RulesGeneration::changes)) {
            Poller poller = new Poller();
            poller.add(changes);
            host.run(() -> {
                for (int i = 0; i < 500; i++) {
                    nftables.run("add table ip one\n");
                }
            });
            assertThat(poller.await(0)).isTrue();
            changes.clear();

            assertThat(poller.await(0)).isFalse();
        }
    }
}
