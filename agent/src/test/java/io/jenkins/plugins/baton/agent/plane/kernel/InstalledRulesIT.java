package io.jenkins.plugins.baton.agent.plane.kernel;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.SERVING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.NamespaceThread;
import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.RuleTables;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Views;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstalledRulesIT {
    private final NamespaceThread host = new NamespaceThread();
    private final NamespaceThread peer = new NamespaceThread();
    private final Nftables nftables = host.call(Nftables::open);
    private final InstalledRules installed = new InstalledRules(nftables);

    @BeforeEach
    void connect() {
        NamespaceThread.connect(host, "eth0", peer);
        host.run(() -> arpIgnore().write("2"));
    }

    @AfterEach
    void close() {
        host.run(nftables::close);
        host.close();
        peer.close();
    }

    @Test
    void arpSpeaksOfTheInterfacesOwnAddressesAlone() {
        install("10.86.13.36", "fd00:86:13::36");

        assertThat(host.call(arpIgnore()::read)).isEqualTo("1");
    }

    @Test
    void tableOfAStrangerWithOurNameIsLeftAlone() {
        host.run(() -> nftables.run("table ip baton {\n}\n"));
        List<String> before = traces();

        assertThatThrownBy(() -> install("10.86.13.36")).hasMessageContaining("that Baton did not make");
        assertThatThrownBy(() -> host.run(installed::remove)).hasMessageContaining("that Baton did not make");
        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void whatHoldsBackPacketsDuringAChangeIsGoneAfterIt() {
        install("10.86.13.36", "fd00:86:13::36");
        install("10.86.13.36");

        assertThat(host.call(() -> nftables.run("list table inet baton\n"))).doesNotContain("hook");
    }

    @Test
    void removalLeavesTheHostAsItWas() {
        List<String> before = traces();
        install("10.86.13.36", "fd00:86:13::36");
        assertThat(traces()).isNotEqualTo(before);

        host.run(installed::remove);

        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void removalLeavesTheHostAsItWasWhereLibnftablesIsGone() {
        List<String> before = traces();
        install("10.86.13.36", "fd00:86:13::36");

        assertThat(host.call(InstalledRulesIT::removeWithoutLibrary)).isTrue();

        assertThat(traces()).isEqualTo(before);
        assertThat(host.call(InstalledRulesIT::removeWithoutLibrary))
                .as("again")
                .isFalse();
    }

    @Test
    void tableOfAStrangerWithOurNameIsLeftAloneWhereLibnftablesIsGone() {
        host.run(() -> nftables.run("table ip baton {\n}\n"));
        List<String> before = traces();

        assertThatThrownBy(() -> host.call(InstalledRulesIT::removeWithoutLibrary))
                .hasMessageContaining("that Baton did not make");
        assertThat(traces()).isEqualTo(before);
    }

    private static boolean removeWithoutLibrary() throws IOException {
        try (RuleTables tables = RuleTables.open()) {
            return InstalledRules.removeWithoutLibrary(tables);
        }
    }

    @Test
    void laterAgentKnowsWhatTheHostWasLikeBeforeTheFirst() {
        List<String> before = traces();
        install("10.86.13.36");
        install(laterAgent(), "10.86.13.36");

        host.run(laterAgent()::remove);

        assertThat(traces()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flush ruleset", "delete table inet baton", "flush table inet baton"})
    void agentThatPutsBackWhatAStrangerTookAwayKnowsWhatTheHostWasLike(String stranger) {
        List<String> before = traces();
        install("10.86.13.36");
        host.run(() -> nftables.run(stranger + "\n"));
        install("10.86.13.36");

        host.run(laterAgent()::remove);

        assertThat(traces()).isEqualTo(before);
    }

    @Test
    void removalLeavesNoTableAlsoWhenTheMemoryWasEmptied() {
        install("10.86.13.36", "fd00:86:13::36");
        host.run(() -> nftables.run("flush table inet baton\n"));

        assertThat(host.call(laterAgent()::remove)).isTrue();

        assertThat(host.call(() -> nftables.run("list ruleset\n"))).isEmpty();
    }

    @Test
    void removalWhereNothingIsInstalledChangesNothing() {
        List<String> before = traces();

        host.run(installed::remove);

        assertThat(traces()).isEqualTo(before);
    }

    private InstalledRules laterAgent() {
        return new InstalledRules(nftables);
    }

    private void install(String... vips) {
        install(installed, vips);
    }

    private void install(InstalledRules agent, String... vips) {
        KernelFrontend[] frontends = List.of(vips).stream()
                .map(vip -> Views.frontend(vip, 8443, SERVING, SERVING))
                .toArray(KernelFrontend[]::new);
        host.run(() -> agent.install(Views.of(frontends), Set.of()));
    }

    private List<String> traces() {
        return List.of(
                host.ip("addr show dev lo"),
                host.call(() -> nftables.run("list ruleset")),
                host.call(arpIgnore()::read),
                host.call(Sysctl.of("net", "ipv4", "conf", "eth0", "arp_announce")::read));
    }

    private static Sysctl arpIgnore() {
        return Sysctl.of("net", "ipv4", "conf", "eth0", "arp_ignore");
    }
}
