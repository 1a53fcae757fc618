package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.host.OpenSysctl;
import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.netfilter.Nftables;
import io.jenkins.plugins.baton.agent.linux.netfilter.NftablesException;
import io.jenkins.plugins.baton.agent.linux.netfilter.RuleTables;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Changeover;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.PersistedState;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the kernel plane leaves on a host: rules, and two parameters of ARP for each interface. It outlives the agent,
 * so that connections do, and goes without a trace when it is told to.
 *
 * <p>The parameters let a node have a VIP on {@code lo} for connections that are left after it has moved away, while
 * only its holder answers for it on the segment. IPv6 needs none for that.
 */
final class InstalledRules implements AutoCloseable {
    /** Parameters of an interface, and what they must be (ip-sysctl in the kernel's documentation). */
    private static final Map<String, String> WANTED = Map.of("arp_ignore", "1", "arp_announce", "2");

    /** The elements of a set that has them from clients' packets. */
    private static final Pattern TRIED =
            Pattern.compile("(set " + Ruleset.TRIED + "\\d+ \\{[^{}]*?)\\s*elements = \\{[^}]*\\}");

    private final Nftables nftables;
    /** By interface and name. */
    private final Map<String, OpenSysctl> parameters = new HashMap<>();
    /** Null until it is asked for. From then on it is better than what the host says, which a stranger can take away. */
    private PersistedState persisted;

    private int transactions;

    InstalledRules(Nftables nftables) {
        this.nftables = nftables;
    }

    /**
     * What an earlier agent, or this one, left here.
     *
     * @throws IOException where nftables cannot be used, or a table of the same name is somebody else's
     */
    PersistedState persisted() throws IOException {
        if (persisted == null) {
            persisted = find();
        }
        return persisted;
    }

    private PersistedState find() throws IOException {
        List<String> families = families();
        if (families.contains("inet")) {
            return PersistedState.parse(nftables.run(PersistedState.question()));
        }
        if (!families.isEmpty()) {
            throw notOurs(families.get(0));
        }
        return PersistedState.NOTHING;
    }

    private static IOException notOurs(String family) {
        return new IOException("there is a table " + family + " " + Ruleset.TABLE
                + " in nftables that Baton did not make; rename or delete it");
    }

    /** Those that have a table of our name. */
    private List<String> families() throws IOException {
        List<String> tables = nftables.run("list tables\n").lines().toList();
        return Stream.concat(Stream.of("inet"), Ruleset.FAMILIES.stream())
                .filter(family -> tables.contains("table " + family + " " + Ruleset.TABLE))
                .toList();
    }

    private void transact(String commands) throws IOException {
        nftables.run(commands);
        transactions++;
    }

    /** How many transactions of nftables {@link #install} and {@link #update} have made up to now. */
    int transactions() {
        return transactions;
    }

    /** Makes the host serve this view, in the place of what an earlier agent left. */
    void install(ClusterView view, Set<String> peers) throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String interfaceName : interfaces(view)) {
            for (String parameter : WANTED.keySet()) {
                String key = interfaceName + "/" + parameter;
                values.put(key, parameter(key).read());
            }
        }
        closeAllBut(interfaces(view));
        // Remembered before it is done: should this end half-way, it can still be taken back.
        persisted = persisted().and(values);
        transact(persisted.commands() + Changeover.guard(view));
        try {
            keepParameters(view);
            PersistedState installed = persisted.with(Ruleset.structure(view), peers);
            transact(Ruleset.install(view) + installed.update());
            persisted = installed;
        } finally {
            transact(persisted.commands()); // without the guard
        }
    }

    /**
     * Makes the parameters of the interfaces what they must be; an interface that was made anew has those of the host.
     *
     * @return whether any of them was not
     */
    boolean keepParameters(ClusterView view) throws IOException {
        boolean changed = false;
        for (KernelFrontend frontend : view.frontends()) {
            for (Map.Entry<String, String> wanted : WANTED.entrySet()) {
                changed |=
                        open(frontend.interfaceName() + "/" + wanted.getKey()).ensure(wanted.getValue());
            }
        }
        return changed;
    }

    /** Of an interface that has no frontend any more the files need not stay open. */
    private void closeAllBut(Set<String> interfaces) {
        parameters.entrySet().removeIf(parameter -> {
            boolean unused = !interfaces.contains(parameter.getKey().split("/")[0]);
            if (unused) {
                parameter.getValue().close();
            }
            return unused;
        });
    }

    private OpenSysctl open(String interfaceAndName) {
        return parameters.computeIfAbsent(interfaceAndName, key -> new OpenSysctl(parameter(key)));
    }

    private static Set<String> interfaces(ClusterView view) {
        return view.frontends().stream().map(KernelFrontend::interfaceName).collect(Collectors.toSet());
    }

    /** Goes on from a view of the same structure. */
    void update(ClusterView view, Set<String> peers) throws IOException {
        PersistedState updated = persisted().with(persisted().structure(), peers);
        transact(Ruleset.update(view) + updated.commands());
        persisted = updated;
    }

    /**
     * The rules that are there, without what they have counted; equal texts are equal rules.
     *
     * @throws NftablesException also when a table is not there
     */
    String read(ClusterView view) throws NftablesException {
        StringBuilder text = new StringBuilder();
        for (String list : Ruleset.lists(view)) {
            text.append(nftables.runStateless(list));
        }
        return TRIED.matcher(text).replaceAll("$1");
    }

    /**
     * Takes everything away; connections that were served by the rules break.
     *
     * @return whether there was anything
     */
    boolean remove() throws IOException {
        Map<String, String> parameters = persisted().parameters();
        if (families().isEmpty()) {
            return false;
        }
        nftables.run(Ruleset.remove());
        restore(parameters);
        nftables.run(PersistedState.forget());
        persisted = PersistedState.NOTHING;
        return true;
    }

    /** As {@link #remove}, on a host whose libnftables is gone: the tables are in its kernel all the same. */
    static boolean removeWithoutLibrary(RuleTables tables) throws IOException {
        List<String> families = tables.families(Ruleset.TABLE);
        if (families.isEmpty()) {
            return false;
        }
        if (!families.contains(PersistedState.FAMILY)) {
            throw notOurs(families.get(0));
        }
        PersistedState persisted = PersistedState.of(tables.comments(PersistedState.FAMILY, Ruleset.TABLE).stream());
        tables.delete(Ruleset.FAMILIES.stream().filter(families::contains).toList(), Ruleset.TABLE);
        restore(persisted.parameters());
        tables.delete(List.of(PersistedState.FAMILY), Ruleset.TABLE);
        return true;
    }

    private static void restore(Map<String, String> parameters) throws IOException {
        for (Map.Entry<String, String> before : parameters.entrySet()) {
            try {
                parameter(before.getKey()).ensure(before.getValue());
            } catch (NoSuchFileException e) {
                // The interface is gone, and its parameters with it.
            }
        }
    }

    private static Sysctl parameter(String interfaceAndName) {
        String[] parts = interfaceAndName.split("/");
        return Sysctl.of("net", "ipv4", "conf", parts[0], parts[1]);
    }

    /** The rules stay, and whoever opened nftables closes it. */
    @Override
    public void close() {
        parameters.values().forEach(OpenSysctl::close);
    }
}
