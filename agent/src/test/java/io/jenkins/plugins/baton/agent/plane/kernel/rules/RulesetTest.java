package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.ABSENT;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.DRAINED;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.SeatState.SERVING;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.Views.frontend;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend.Dispatch;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class RulesetTest {
    private static final String VIP = "10.86.13.36";
    private static final String VIP6 = "fd00:86:13::36";

    @Test
    void familyWithoutAFrontendHasNoTable() {
        String rules = Ruleset.install(Views.of(frontend(VIP, 8443, SERVING, SERVING)));

        assertThat(rules).contains("table ip baton {").doesNotContain("table ip6 baton {");
    }

    @Test
    void installationBeginsByTakingAwayWhatIsThere() {
        assertThat(Ruleset.install(Views.of(frontend(VIP6, 8443, SERVING)))).startsWith(Ruleset.remove());
    }

    @Test
    void slotOfThisNodeIsAcceptedAndThatOfAnotherCopied() {
        String rules = Ruleset.install(Views.of(frontend(VIP, 8443, SERVING, SERVING)));

        assertThat(rules)
                .contains("elements = { 0 : accept, 1 : goto copy0to1, 2 : accept,")
                .contains("chain copy0to1 {\n    dup to 10.86.13.31 device \"eth0\";\n    drop;\n  }");
    }

    @Test
    void drainedNodeOwnsNoSlotButStaysInTheRing() {
        String rules = Ruleset.update(Views.of(frontend(VIP, 8443, SERVING, DRAINED, SERVING)));

        assertThat(claimants(rules)).contains("accept", "goto copy0to2").doesNotContain("goto copy0to1");
        assertThat(chain(rules, "ring0")).contains("ip dscp set 62 goto copy0to1");
    }

    @Test
    void absentNodeIsLeftOutOfTheRing() {
        String rules = Ruleset.update(Views.of(frontend(VIP, 8443, SERVING, ABSENT, SERVING)));

        assertThat(claimants(rules)).doesNotContain("goto copy0to1");
        assertThat(chain(rules, "ring0"))
                .contains("ip dscp set 62 goto copy0to2")
                .doesNotContain("copy0to1");
        assertThat(chain(rules, "everyone0")).isEqualTo("    dup to 10.86.13.32 device \"eth0\";\n");
    }

    @Test
    void packetThatHasBeenEverywhereIsAnsweredHere() {
        String rules = Ruleset.update(Views.of(frontend(VIP, 8443, SERVING, SERVING, SERVING)));

        assertThat(chain(rules, "ring0").lines().findFirst()).contains("    ip dscp 63 goto last;");
    }

    @Test
    void nodeThatIsAloneKeepsEverything() {
        String rules = Ruleset.update(Views.of(frontend(VIP, 8443, SERVING, ABSENT)));

        assertThat(claimants(rules)).contains("accept").doesNotContain("goto");
        assertThat(chain(rules, "ring0")).isEqualTo("    goto last;\n");
    }

    /** Nodes that it left out may have the connections. */
    @Test
    void nodeThatIsNotSureWhoIsThereResetsNothingAndMarksWhatItPassesOn() {
        String alone = Ruleset.update(Views.of(Certainty.UNSURE, frontend(VIP, 8443, SERVING, ABSENT, ABSENT)));
        String three = Ruleset.update(Views.of(Certainty.UNSURE, frontend(VIP6, 8443, SERVING, SERVING, ABSENT)));

        assertThat(chain(alone, "ring0")).isEqualTo("    drop;\n");
        assertThat(chain(three, "ring0")).isEqualTo("""
                    ip6 dscp 63 drop;
                    ip6 dscp 62 ip6 dscp set 63 ip6 ecn set ce goto copy0to1;
                    ip6 dscp set 62 ip6 ecn set ce goto copy0to1;
                """);
    }

    /** Others may not know yet that this one is back. */
    @Test
    void nodeThatWasCutOffMarksWhatItDispatchesToo() {
        KernelFrontend frontend = frontend(VIP, 8443, SERVING, SERVING);
        String mark = "    ip ecn set ce;\n";

        assertThat(Ruleset.update(Views.of(Certainty.UNSURE, frontend))).doesNotContain(mark);
        assertThat(Ruleset.update(Views.of(Certainty.CUT_OFF, frontend)).split(mark))
                .hasSize(3);
        assertThat(chain(Ruleset.update(Views.of(Certainty.CUT_OFF, frontend)), "ring0"))
                .isEqualTo(chain(Ruleset.update(Views.of(Certainty.UNSURE, frontend)), "ring0"));
    }

    @Test
    void markedPacketIsResetNowhere() {
        String rules = Ruleset.install(
                Views.of(frontend(VIP, 8443, SERVING, SERVING), frontend(VIP6, 8443, SERVING, SERVING)));

        assertThat(first(rules, "(?s)table ip baton \\{.*?chain last \\{\n(.*?)  \\}"))
                .startsWith("    ip ecn ce drop;\n");
        assertThat(first(rules, "(?s)table ip6 baton \\{.*?chain last \\{\n(.*?)  \\}"))
                .startsWith("    ip6 ecn ce drop;\n");
    }

    @Test
    void connectThatWasNotAnsweredGoesToAnotherClaimant() {
        String rules = Ruleset.install(Views.of(frontend(VIP, 8443, SERVING, SERVING, DRAINED)));

        assertThat(claimants(rules)).contains("0 : accept, 1 : goto copy0to1,");
        assertThat(first(rules, "map instead0 \\{([^}]*)\\}")).contains("0 : goto copy0to1, 1 : goto copy0to1,");
        assertThat(first(rules, "chain opening0 \\{\n(.*)\n"))
                .startsWith("    ip saddr . tcp sport . tcp sequence @tried0 ip dscp set 63 jhash")
                .endsWith("vmap @instead0;");
    }

    /** What opens a connection, and what is this node's own, goes the long way. */
    @Test
    void shortcutIsForPacketsInMidStreamOfOtherNodes() {
        String rules = Ruleset.install(Views.of(frontend(VIP6, 8443, SERVING, SERVING)));
        String shortcut = rules.substring(rules.indexOf("table netdev baton {"));

        assertThat(shortcut)
                .contains("chain copy0to1 {\n    fwd ip6 to fd00:86:13::31 device \"eth0\";\n  }")
                .contains("type filter hook ingress device \"eth0\"")
                .contains(
                        "ether type ip6 exthdr frag missing ip6 daddr { fd00:86:13::36 } tcp dport 8443 tcp flags & syn == 0 ether saddr != @peers")
                .contains("elements = { 1 : goto copy0to1, 3 : goto copy0to1,");
    }

    /** While rules are replaced a packet may miss every slot of the old ones; the ring finds its connection. */
    @Test
    void packetWithoutASlotGoesOnToTheRing() {
        String rules = Ruleset.update(Views.of(frontend(VIP, 8443, SERVING, SERVING)));

        assertThat(chain(rules, "dispatch0")).endsWith("vmap @slots0;\n");
    }

    @Test
    void packetThatSlipsThroughAChangeIsDroppedBehindBothRules() {
        String guard = Changeover.guard(Views.of(frontend(VIP, 8443, SERVING), frontend(VIP6, 8443, SERVING)));

        assertThat(Ruleset.install(Views.of(frontend(VIP, 8443, SERVING)))).contains("prerouting priority mangle + 5;");
        assertThat(guard)
                .contains("prerouting priority mangle + 6;")
                .contains("ip daddr { " + VIP + " } tcp dport 8443 ct state new,invalid tcp flags & syn == 0 drop;")
                .contains("ip6 daddr { " + VIP6 + " } tcp dport 8443 ct state new,invalid tcp flags & syn == 0 drop;");
    }

    @Test
    void nobodyOwnsASlotWhenNobodyServes() {
        assertThat(Ruleset.update(Views.of(frontend(VIP, 8443, DRAINED, DRAINED))))
                .doesNotContain(" 0 : ");
    }

    @Test
    void allNodesAgreeOnTheClaimantsOfAllSlots() {
        List<List<List<Integer>>> claimants = List.of(0, 1, 2).stream()
                .map(own -> frontend(VIP, 8443, own, Dispatch.BY_CONNECTION, SERVING, SERVING, SERVING)
                        .claimants())
                .toList();

        assertThat(claimants).containsOnly(claimants.get(0));
    }

    @Test
    void ringLeadsEveryNodeToTheNextOne() {
        assertThat(frontend(VIP, 8443, 1, Dispatch.BY_CONNECTION, SERVING, SERVING, ABSENT, SERVING)
                        .others())
                .containsExactly(3, 0);
    }

    @Test
    void balanceBySourceHashesTheAddressAlone() {
        assertThat(Ruleset.install(Views.of(frontend(VIP, 8443, 0, Dispatch.BY_SOURCE, SERVING, SERVING))))
                .contains("jhash ip saddr mod 128");
        assertThat(Ruleset.install(Views.of(frontend(VIP6, 8443, 0, Dispatch.BY_CONNECTION, SERVING, SERVING))))
                .contains("jhash ip6 saddr . tcp sport mod 128");
    }

    /** Nodes of two versions must send the packets of one connection to one node. */
    @Test
    void hashOfAFrontendIsTheSameInEveryVersion() {
        assertThat(Slots.hash(new Packets(frontend(VIP, 8443, SERVING, SERVING), 0)))
                .isEqualTo("jhash ip saddr . tcp sport mod 128 seed 0x8f07cd57");
    }

    @Test
    void updateLeavesEverythingButTheStateOfNodesAsItIs() {
        String rules = Ruleset.update(Views.of(frontend(VIP, 8443, SERVING, SERVING)));

        assertThat(rules).doesNotContain("delete").doesNotContain("hook");
        assertThat(rules.lines().filter(line -> line.startsWith("flush")))
                .containsExactly(
                        "flush set ip baton peers",
                        "flush map ip baton slots0",
                        "flush map ip baton instead0",
                        "flush map ip baton backends0",
                        "flush chain ip baton dispatch0",
                        "flush chain ip baton serve0",
                        "flush chain ip baton local0",
                        "flush chain ip baton refusal0",
                        "flush chain ip baton ring0",
                        "flush chain ip baton everyone0",
                        "flush set netdev baton peers",
                        "flush map netdev baton slots0",
                        "flush chain netdev baton dispatch0");
    }

    /** The proxy takes the connections; the kernel only leads those of other nodes to them. */
    @Test
    void nodesOwnConnectionsAreBalancedAlsoWhileTheProxyTakesThoseOfClients() {
        KernelFrontend frontend = frontend(VIP, 8443, SERVING, SERVING);
        KernelFrontend proxyFallback = new KernelFrontend(
                frontend.name(),
                frontend.interfaceName(),
                frontend.vips(),
                frontend.port(),
                frontend.dispatch(),
                frontend.members(),
                frontend.own(),
                true,
                false);

        assertThat(Ruleset.update(Views.of(proxyFallback)))
                .contains("chain local0 {\n    meta l4proto tcp dnat to numgen inc mod 128 map @backends0;")
                .doesNotContain("vmap @slots0");
    }

    /** The kernel keeps the index of an interface, not its name. */
    @Test
    void interfaceThatWasMadeAnewNeedsNewRules() {
        ClusterView before = Views.of(frontend(VIP, 8443, SERVING, SERVING));
        ClusterView after = new ClusterView(
                before.peers(), Certainty.SURE, Map.of("eth0", 99), before.translating(), before.frontends());

        assertThat(Ruleset.structure(after)).isNotEqualTo(Ruleset.structure(before));
    }

    /** With the last nat chain of a host the kernel ends all translation. */
    @Test
    void translationGoesOnWhenTheProxyHasTakenOverAllFrontends() {
        ClusterView never = Views.of(frontend(VIP, 8443, 0, Dispatch.BY_PROXY, SERVING, SERVING));
        ClusterView proxied =
                new ClusterView(never.peers(), Certainty.SURE, never.interfaces(), true, never.frontends());

        assertThat(Ruleset.install(proxied)).contains("type nat hook prerouting");
        assertThat(Ruleset.install(never)).doesNotContain("nat hook");
        assertThat(Ruleset.translates(Ruleset.structure(proxied))).isTrue();
        assertThat(Ruleset.translates(Ruleset.structure(never))).isFalse();
    }

    /** A client that repeats its SYN finds another backend, as long as there is one. */
    @Test
    void resetThatAnswersASynIsKeptBackUnlessNoBackendIsReady() {
        KernelFrontend frontend = frontend(VIP, 8443, SERVING, SERVING);
        KernelFrontend lastResort = new KernelFrontend(
                frontend.name(),
                frontend.interfaceName(),
                frontend.vips(),
                frontend.port(),
                frontend.dispatch(),
                frontend.members(),
                frontend.own(),
                false,
                true);

        assertThat(chain(Ruleset.update(Views.of(frontend)), "refusal0")).contains("drop");
        assertThat(chain(Ruleset.update(Views.of(lastResort)), "refusal0")).doesNotContain("drop");
    }

    @Test
    void frontendOfTheProxyHasTheRingAndNothingElse() {
        String rules = Ruleset.install(Views.of(frontend(VIP, 8443, 0, Dispatch.BY_PROXY, SERVING, SERVING, ABSENT)));

        assertThat(rules.lines().filter(line -> line.contains("hook")))
                .singleElement()
                .asString()
                .contains("type filter");
        assertThat(rules).doesNotContain("map ").doesNotContain("dnat").doesNotContain("snat");
        assertThat(chain(rules, "ring0")).contains("ip dscp set 62 goto copy0to1");
        assertThat(rules.lines().filter(line -> line.contains("tcp dport 8443")))
                .allMatch(line -> line.contains("ct state new,invalid tcp flags & syn == 0"))
                .anyMatch(line -> line.contains("ether saddr != @peers ip dscp >= 62 ip dscp set 0"));
    }

    @Test
    void nodeThatIsNotThereCannotServe() {
        assertThatThrownBy(() -> new RingMember(Views.address(VIP), 6443, 1, false, true))
                .hasMessageContaining("cannot serve");
    }

    private static String claimants(String rules) {
        return first(rules, "map slots0 \\{([^}]*)\\}");
    }

    private static String chain(String rules, String name) {
        return first(rules, "chain " + name + " \\{\n([^}]*)  \\}");
    }

    private static String first(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}
