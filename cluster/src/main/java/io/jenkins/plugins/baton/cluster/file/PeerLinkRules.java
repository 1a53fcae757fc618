package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Problems;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TopKeys;
import java.util.Optional;

/** What must hold between the peer link and what is said over it. */
final class PeerLinkRules {
    private PeerLinkRules() {}

    static void check(Draft draft, Problems problems) {
        boolean none =
                draft.file().get(TopKeys.PEER_LINK).filter(Optional::isEmpty).isPresent();
        if (none && draft.file().gives(TopKeys.SECRET)) {
            problems.add(
                    draft.file().at(TopKeys.SECRET),
                    "secret: with peerLink: none no agent can show that it has the secret, and no order to take over would be"
                            + " believed; remove one of the two");
        }
    }
}
