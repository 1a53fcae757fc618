package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rules of the kernel plane in the language of nft(8), each text to be run as one transaction. Tables called {@code
 * baton} are ours; no other is touched. One for each address family, because {@code dup} does not exist in the family
 * {@code inet}, and one where packets come in.
 */
public final class Ruleset {
    public static final String TABLE = "baton";

    public static final List<String> FAMILIES = List.of("ip", "ip6", IngressForwarding.FAMILY);

    /** What a set is called, before a number, whose elements come and go with clients' packets. */
    public static final String TRIED = "tried";

    private static final String TRANSLATES = "translates-";

    private Ruleset() {}

    /**
     * Puts the rules of this view in the place of whatever rules there were. Connections do not notice, but the kernel
     * needs some 0.1 s to take its hooks away.
     */
    public static String install(ClusterView view) {
        return remove() + each(view, RuleTable::install);
    }

    /**
     * Goes from one view to another where only the peers, or the weight, presence or service of members have changed;
     * takes one or two milliseconds.
     */
    public static String update(ClusterView view) {
        return each(view, RuleTable::update);
    }

    /** What {@link #update} does not change, as a short text: it is enough where this is the same. */
    public static String structure(ClusterView view) {
        String structure = each(view, RuleTable::structure) + view.interfaces();
        return (view.translating() ? TRANSLATES : "") + structure.length() + "-"
                + Integer.toHexString(structure.hashCode());
    }

    /** Whether rules of such a {@link #structure} translate addresses. */
    public static boolean translates(String structure) {
        return structure.startsWith(TRANSLATES);
    }

    /** Each prints a part of the rules; libnftables lists one table at a time. */
    public static List<String> lists(ClusterView view) {
        return Stream.concat(parts(view, RuleTable::list), Stream.of(PersistedState.question()))
                .toList();
    }

    /** Each prints a part of what the rules have counted, for {@code CounterTotals}. */
    public static List<String> countersLists(ClusterView view) {
        return parts(view, RuleTable::listCounters).toList();
    }

    /** Takes all rules away; also where there are none. */
    public static String remove() {
        return FAMILIES.stream().map(Ruleset::remove).collect(Collectors.joining());
    }

    /** To name a table makes it, so that deleting it cannot fail. */
    public static String remove(String family) {
        return "table %1$s %2$s\ndelete table %1$s %2$s\n".formatted(family, TABLE);
    }

    private static String each(ClusterView view, Function<RuleTable, String> text) {
        return parts(view, text).collect(Collectors.joining());
    }

    /** Of those that are not empty. */
    private static Stream<String> parts(ClusterView view, Function<RuleTable, String> text) {
        return Stream.of(new FamilyTable(view, false), new FamilyTable(view, true), new IngressForwarding(view))
                .map(text)
                .filter(part -> !part.isEmpty());
    }
}
