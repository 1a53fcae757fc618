package io.jenkins.plugins.baton.agent.plane.kernel;

import java.util.List;
import java.util.stream.Stream;

/**
 * The rules of the kernel plane in the language of nft(8), each text to be run as one transaction. Tables called {@code
 * baton} are ours; no other is touched. Two of them, because {@code dup} does not exist in the family {@code inet}.
 */
final class Ruleset {
    static final String TABLE = "baton";

    /** What a set is called, before a number, whose elements come and go with clients' packets. */
    static final String TRIED = "tried";

    private Ruleset() {}

    /**
     * Puts the rules of this view in the place of whatever rules there were. Connections do not notice, but the kernel
     * needs some 0.1 s to take its hooks away.
     */
    static String install(ClusterView view) {
        return remove() + ipv4(view).install() + ipv6(view).install();
    }

    /**
     * Goes from one view to another where only the peers, or the weight, presence or service of seats have changed;
     * takes one or two milliseconds.
     */
    static String update(ClusterView view) {
        return ipv4(view).update() + ipv6(view).update();
    }

    /** What {@link #update} does not change, as a short text: it is enough where this is the same. */
    static String structure(ClusterView view) {
        String structure = ipv4(view).structure() + ipv6(view).structure();
        return structure.length() + "-" + Integer.toHexString(structure.hashCode());
    }

    /** Each prints a part of the rules; libnftables lists one table at a time. */
    static List<String> lists(ClusterView view) {
        return parts(ipv4(view).list(), ipv6(view).list(), Memory.question());
    }

    /** Each prints a part of what the rules have counted, for {@link Tally}. */
    static List<String> countersLists(ClusterView view) {
        return parts(ipv4(view).listCounters(), ipv6(view).listCounters());
    }

    private static List<String> parts(String... commands) {
        return Stream.of(commands).filter(command -> !command.isEmpty()).toList();
    }

    /** Takes all rules away; also where there are none. */
    static String remove() {
        return remove("ip") + remove("ip6");
    }

    /** To name a table makes it, so that deleting it cannot fail. */
    static String remove(String family) {
        return "table %1$s %2$s\ndelete table %1$s %2$s\n".formatted(family, TABLE);
    }

    private static FamilyTable ipv4(ClusterView view) {
        return new FamilyTable(view, false);
    }

    private static FamilyTable ipv6(ClusterView view) {
        return new FamilyTable(view, true);
    }
}
