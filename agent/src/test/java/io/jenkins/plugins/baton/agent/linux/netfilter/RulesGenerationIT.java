package io.jenkins.plugins.baton.agent.linux.netfilter;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
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
}
