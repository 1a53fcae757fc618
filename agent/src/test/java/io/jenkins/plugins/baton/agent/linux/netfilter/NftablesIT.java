package io.jenkins.plugins.baton.agent.linux.netfilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NftablesIT {
    private final NamespaceThread host = new NamespaceThread();
    private final Nftables nftables = host.call(Nftables::open);

    @AfterEach
    void close() {
        host.run(nftables::close);
        host.close();
    }

    @Test
    void whatWasLoadedIsListed() {
        run("table ip baton { set peers { type ether_addr; elements = { 02:00:00:00:00:01 }; }\n}");

        assertThat(run("list ruleset")).contains("table ip baton", "02:00:00:00:00:01");
    }

    @Test
    void transactionThatFailsInItsMiddleChangesNothing() {
        assertThatThrownBy(() -> run("add table ip one\nadd rule ip one nowhere accept\nadd table ip two"))
                .isInstanceOf(NftablesException.class)
                .hasMessage("change the rules of nftables: Could not process rule: No such file or directory");

        assertThat(run("list ruleset")).isEmpty();
    }

    @Test
    void syntaxErrorIsToldAndNothingIsRun() {
        assertThatThrownBy(() -> run("add table ip one\nadd tabel ip two"))
                .hasMessageStartingWith("change the rules of nftables: syntax error, unexpected");

        assertThat(run("list ruleset")).isEmpty();
    }

    @Test
    void errorOfOneTransactionIsNotThatOfTheNext() {
        assertThatThrownBy(() -> run("nonsense")).isInstanceOf(NftablesException.class);

        assertThat(run("add table ip one")).isEmpty();
        assertThatThrownBy(() -> run("delete table ip two")).hasMessageNotContaining("nonsense");
    }

    @Test
    void rulesOutliveTheirAuthor() {
        host.run(() -> {
            try (Nftables author = Nftables.open()) {
                author.run("add table ip baton");
            }
        });

        assertThat(run("list tables")).isEqualTo("table ip baton\n");
    }

    private String run(String commands) {
        return host.call(() -> nftables.run(commands));
    }
}
