package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One of our tables: what it is built of, and what of that changes with the state of the nodes. */
abstract class RuleTable {
    /** As nft(8) calls it. */
    final String family;

    private final ClusterView view;

    RuleTable(String family, ClusterView view) {
        this.family = family;
        this.view = view;
    }

    /** Whether no frontend needs it; then there is none. */
    abstract boolean isEmpty();

    /** What {@link #update} leaves as it is. */
    abstract String structure();

    /** What depends on the state of the nodes, besides the peers. */
    abstract String state();

    abstract List<String> mapsOfState();

    abstract List<String> chainsOfState();

    /** All of the table, which must not exist. */
    final String install() {
        return isEmpty() ? "" : table(structure() + peers() + state());
    }

    /** Replaces what depends on the state of the nodes, in the table that exists. */
    final String update() {
        return isEmpty()
                ? ""
                : flush("set", List.of("peers"))
                        + flush("map", mapsOfState())
                        + flush("chain", chainsOfState())
                        + table(peers() + state());
    }

    final String list() {
        return isEmpty() ? "" : "list table " + family + " " + Ruleset.TABLE + "\n";
    }

    final String listCounters() {
        return isEmpty() ? "" : "list counters table " + family + " " + Ruleset.TABLE + "\n";
    }

    private String peers() {
        return NftSyntax.set(
                "set peers",
                "type ether_addr",
                view.peers().stream().map(MacAddress::toString).toList());
    }

    private String table(String content) {
        return NftSyntax.table(family, Ruleset.TABLE, content);
    }

    private String flush(String kind, List<String> names) {
        return each(names, name -> NftSyntax.flush(kind, family, Ruleset.TABLE, name));
    }

    static <T> String each(List<T> parts, Function<T, String> text) {
        return parts.stream().map(text).collect(Collectors.joining());
    }

    static <T> List<String> all(List<T> parts, Function<T, List<String>> names) {
        return parts.stream().flatMap(part -> names.apply(part).stream()).toList();
    }
}
