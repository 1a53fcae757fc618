package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.baseChain;
import static io.jenkins.plugins.baton.agent.plane.kernel.rules.NftSyntax.rule;

import java.util.stream.Collectors;

/**
 * What holds back a packet that slips through while all rules are replaced, which {@link Ruleset#install} does.
 *
 * <p>A packet passes the hooks of the new rules before those of the old ones, for they have the same priority
 * (nf_hook_entries_grow in net/netfilter/core.c), and each of them asks anew which generation of rules is in force. Where the
 * generation changes between the two, the new hook had no rules yet, and the old one has none any more. So the packet is not
 * sent round the ring, and this host, which does not know the connection, resets it. Here it is dropped instead: the client
 * repeats it.
 *
 * <p>The chain has to be there, behind both, before the change begins, and until after it: it is put into the table of {@link
 * PersistedState}, which is not replaced meanwhile.
 */
public final class Changeover {
    private Changeover() {}

    public static String guard(ClusterView view) {
        String rules = view.frontends().stream()
                .map(frontend -> rule(new Packets(frontend, 0).unknown() + "drop"))
                .collect(Collectors.joining());
        return NftSyntax.table(
                PersistedState.FAMILY,
                Ruleset.TABLE,
                baseChain("changeover", "filter hook prerouting priority mangle + 6", rules));
    }
}
