package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the next agent, or the one that takes the kernel plane away from this host again, must know. It stands in the
 * rules themselves, as comments in a table of its own through which no packet goes but in a {@link Changeover}: so it is there as long as what it
 * speaks of, also after a restart of the agent, and gone after one of the host.
 *
 * @param parameters {@code INTERFACE/PARAMETER} and the value before the plane came
 * @param structure of the rules that are there, see {@link Ruleset#structure}; empty: there are none yet
 * @param peers names of the nodes that have rules too
 */
public record PersistedState(Map<String, String> parameters, String structure, Set<String> peers) {
    public static final PersistedState NOTHING = new PersistedState(Map.of(), "", Set.of());

    public static final String FAMILY = "inet";
    private static final String PARAMETER = "parameter ";
    private static final String STRUCTURE = "structure ";
    private static final String PEER = "peer ";
    private static final Pattern COMMENT = Pattern.compile("comment \"([^\"]*)\"");

    public PersistedState {
        parameters = new TreeMap<>(parameters);
        peers = new TreeSet<>(peers);
    }

    /** Prints what {@link #parse} reads; fails where there is nothing. */
    public static String question() {
        return "list table " + FAMILY + " " + Ruleset.TABLE + "\n";
    }

    public static PersistedState parse(String listed) {
        return of(COMMENT.matcher(listed).results().map(comment -> comment.group(1)));
    }

    /** @param comments of the rules in the table */
    public static PersistedState of(Stream<String> comments) {
        Map<String, String> parameters = new TreeMap<>();
        Set<String> peers = new TreeSet<>();
        String[] structure = {""};
        comments.forEach(comment -> {
            int equals = comment.indexOf('=');
            if (comment.startsWith(PARAMETER) && equals > 0) {
                parameters.put(comment.substring(PARAMETER.length(), equals), comment.substring(equals + 1));
            } else if (comment.startsWith(STRUCTURE)) {
                structure[0] = comment.substring(STRUCTURE.length());
            } else if (comment.startsWith(PEER)) {
                peers.add(comment.substring(PEER.length()));
            }
        });
        return new PersistedState(parameters, structure[0], peers);
    }

    /** With what is about to be changed; a value that is remembered already is the older one, and stays. */
    public PersistedState and(Map<String, String> moreParameters) {
        Map<String, String> all = new TreeMap<>(moreParameters);
        all.putAll(parameters);
        return new PersistedState(all, structure, peers);
    }

    public PersistedState with(String newStructure, Set<String> newPeers) {
        return new PersistedState(parameters, newStructure, newPeers);
    }

    /** Commands that replace what was remembered, and the table it is in. */
    public String commands() {
        return forget() + table();
    }

    /** Commands that replace what was remembered, in the table that exists. */
    public String update() {
        return NftSyntax.flush("chain", FAMILY, Ruleset.TABLE, Ruleset.TABLE) + table();
    }

    private String table() {
        StringBuilder rules = new StringBuilder();
        parameters.forEach((name, value) -> rules.append(note(PARAMETER + name + "=" + value)));
        if (!structure.isEmpty()) {
            rules.append(note(STRUCTURE + structure));
        }
        peers.forEach(peer -> rules.append(note(PEER + peer)));
        return NftSyntax.table(FAMILY, Ruleset.TABLE, NftSyntax.chain(Ruleset.TABLE, rules.toString()));
    }

    /** Commands that remove it altogether. */
    public static String forget() {
        return Ruleset.remove(FAMILY);
    }

    private static String note(String comment) {
        return NftSyntax.rule("counter comment \"" + comment + "\"");
    }
}
