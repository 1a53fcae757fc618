package io.jenkins.plugins.baton.agent.plane.kernel;

import io.jenkins.plugins.baton.agent.linux.Nftables;
import io.jenkins.plugins.baton.agent.linux.NftablesException;
import io.jenkins.plugins.baton.agent.linux.Sysctl;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the kernel plane leaves on a host: rules, and two parameters of ARP for each interface. It outlives the agent,
 * so that connections do, and goes without a trace when it is told to.
 *
 * <p>The parameters let a node have a VIP on {@code lo} for connections that are left after it has moved away, while
 * only its holder answers for it on the segment. IPv6 needs none for that.
 */
final class Footprint {
    /** Parameters of an interface, and what they must be (ip-sysctl in the kernel's documentation). */
    private static final Map<String, String> WANTED = Map.of("arp_ignore", "1", "arp_announce", "2");

    private final Nftables nftables;

    Footprint(Nftables nftables) {
        this.nftables = nftables;
    }

    /**
     * What an earlier agent, or this one, left here.
     *
     * @throws IOException where nftables cannot be used, or a table of the same name is somebody else's
     */
    Memory memory() throws IOException {
        String tables = nftables.run("list tables\n");
        if (tables.lines().anyMatch(("table inet " + Ruleset.TABLE)::equals)) {
            return Memory.parse(nftables.run(Memory.question()));
        }
        for (String family : new String[] {"ip", "ip6"}) {
            if (tables.lines().anyMatch(("table " + family + " " + Ruleset.TABLE)::equals)) {
                throw new IOException("there is a table " + family + " " + Ruleset.TABLE
                        + " in nftables that Baton did not make; rename or delete it");
            }
        }
        return Memory.NOTHING;
    }

    /** Makes the host serve this view, in the place of what an earlier agent left. */
    void install(ClusterView view, Set<String> peers) throws IOException {
        Memory before = memory();
        Map<String, String> values = new HashMap<>();
        for (KernelFrontend frontend : view.frontends()) {
            for (String parameter : WANTED.keySet()) {
                String key = frontend.interfaceName() + "/" + parameter;
                values.put(key, parameter(key).read());
            }
        }
        // Remembered before it is done: should this end half-way, it can still be taken back.
        Memory memory = before.and(values);
        nftables.run(memory.commands());
        for (String key : values.keySet()) {
            parameter(key).write(WANTED.get(key.substring(key.lastIndexOf('/') + 1)));
        }
        nftables.run(Ruleset.install(view) + memory.with(Ruleset.structure(view), peers).commands());
    }

    /** Goes on from a view of the same structure. */
    void update(ClusterView view, Set<String> peers) throws IOException {
        Memory memory = memory().with(Ruleset.structure(view), peers);
        nftables.run(Ruleset.update(view) + memory.commands());
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
        return text.toString();
    }

    /**
     * Takes everything away; connections that were served by the rules break.
     *
     * @return whether there was anything
     */
    boolean remove() throws IOException {
        Memory memory = memory();
        if (memory.equals(Memory.NOTHING)) {
            return false;
        }
        nftables.run(Ruleset.remove());
        for (Map.Entry<String, String> before : memory.parameters().entrySet()) {
            try {
                parameter(before.getKey()).write(before.getValue());
            } catch (NoSuchFileException e) {
                // The interface is gone, and its parameters with it.
            }
        }
        nftables.run(Memory.forget());
        return true;
    }

    private static Sysctl parameter(String interfaceAndName) {
        String[] parts = interfaceAndName.split("/");
        return Sysctl.of("net", "ipv4", "conf", parts[0], parts[1]);
    }
}
