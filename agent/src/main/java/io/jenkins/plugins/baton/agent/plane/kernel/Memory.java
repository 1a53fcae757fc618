package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What must be known to take the kernel plane away from a host again. It stands in the rules themselves, as comments in
 * a table of its own through which no packet goes: so it is there as long as what it speaks of, also after a restart of
 * the agent, and gone after one of the host.
 *
 * @param parameters {@code INTERFACE/PARAMETER} and the value before the plane came
 * @param addresses put on the loopback interface
 */
record Memory(Map<String, String> parameters, Set<String> addresses) {
    private static final String FAMILY = "inet";
    private static final String PARAMETER = "parameter ";
    private static final String ADDRESS = "address ";
    private static final Pattern COMMENT = Pattern.compile("comment \"([^\"]*)\"");

    Memory {
        parameters = new TreeMap<>(parameters);
        addresses = new TreeSet<>(addresses);
    }

    /** Prints what {@link #parse} reads; also where there is nothing yet. */
    static String question() {
        return "table " + FAMILY + " " + Ruleset.TABLE + "\nlist table " + FAMILY + " " + Ruleset.TABLE + "\n";
    }

    static Memory parse(String listed) {
        Map<String, String> parameters = new TreeMap<>();
        Set<String> addresses = new TreeSet<>();
        COMMENT.matcher(listed).results().map(comment -> comment.group(1)).forEach(comment -> {
            int equals = comment.indexOf('=');
            if (comment.startsWith(PARAMETER) && equals > 0) {
                parameters.put(comment.substring(PARAMETER.length(), equals), comment.substring(equals + 1));
            } else if (comment.startsWith(ADDRESS)) {
                addresses.add(comment.substring(ADDRESS.length()));
            }
        });
        return new Memory(parameters, addresses);
    }

    /** With what is about to be changed; a value that is remembered already is the older one, and stays. */
    Memory and(Map<String, String> moreParameters, Set<InetAddress> moreAddresses) {
        Map<String, String> all = new TreeMap<>(moreParameters);
        all.putAll(parameters);
        Set<String> both = new TreeSet<>(addresses);
        moreAddresses.forEach(address -> both.add(IpLiteral.text(address)));
        return new Memory(all, both);
    }

    Memory withAddresses(Set<InetAddress> only) {
        return new Memory(parameters, only.stream().map(IpLiteral::text).collect(Collectors.toSet()));
    }

    /** Commands that replace what was remembered. */
    String commands() {
        StringBuilder rules = new StringBuilder();
        parameters.forEach((name, value) -> rules.append(note(PARAMETER + name + "=" + value)));
        addresses.forEach(address -> rules.append(note(ADDRESS + address)));
        return forget() + NftSyntax.table(FAMILY, Ruleset.TABLE, NftSyntax.chain("memory", rules.toString()));
    }

    /** Commands that remove it altogether. */
    static String forget() {
        return Ruleset.remove(FAMILY);
    }

    private static String note(String comment) {
        return NftSyntax.rule("counter comment \"" + comment + "\"");
    }
}
