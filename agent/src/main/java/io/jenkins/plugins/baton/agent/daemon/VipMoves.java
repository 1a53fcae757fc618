package io.jenkins.plugins.baton.agent.daemon;

import io.jenkins.plugins.baton.agent.handover.LingeringVips;
import io.jenkins.plugins.baton.agent.plane.PeerAware;
import io.jenkins.plugins.baton.agent.router.notice.Move;
import io.jenkins.plugins.baton.agent.router.notice.VipTransitionListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the data plane in step with the election: it knows which hosts are there before this node takes an address, and
 * connections keep an address that leaves.
 */
final class VipMoves implements VipTransitionListener {
    private static final Logger LOG = LoggerFactory.getLogger("baton");

    private final PeerAware plane;
    private final LingeringVips lingering;

    /** What the plane is to know of other nodes: which hosts are there, and what their agents said last. */
    private final Set<String> present = new HashSet<>();

    private final Map<String, String> capabilities = new HashMap<>();
    /** The nodes whose agents can be heard. */
    private final Set<String> connected = new HashSet<>();

    /** Ends when the plane has done all that it was told; what is no news must not hide what is under way. */
    private volatile CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    VipMoves(PeerAware plane, LingeringVips lingering) {
        this.plane = plane;
        this.lingering = lingering;
    }

    @Override
    public synchronized void hostChanged(String node, boolean there) {
        if (there) {
            present.add(node);
        } else {
            present.remove(node);
            forgetIfGone(node);
        }
        tell(node);
    }

    /** Of a host that has not answered yet the plane hears when it does: until then it is not known to be gone. */
    synchronized void advertised(String node, String text) {
        connected.add(node);
        capabilities.put(node, text);
        if (present.contains(node)) {
            tell(node);
        }
    }

    /** That an agent ended takes nothing back: its host goes on doing what it advertised. */
    synchronized void disconnected(String node) {
        connected.remove(node);
        forgetIfGone(node);
    }

    /** A host that comes back after both were gone may have started anew: without rules, until its agent says otherwise. */
    private void forgetIfGone(String node) {
        if (!present.contains(node) && !connected.contains(node)) {
            capabilities.remove(node);
        }
    }

    private void tell(String node) {
        CompletableFuture<Void> told = plane.peer(node, present.contains(node), capabilities.getOrDefault(node, ""));
        last = last.isDone() ? told : last.thenCombine(told, (one, other) -> other);
    }

    /** Connections to a host that is gone are handed on before its address comes here. */
    @Override
    public void taking(Move move) {
        lingering.forget(move.addresses());
        try {
            last.get(TAKING_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("the rules for {} were not ready before its addresses: {}", move.router(), e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void releasing(Move move) {
        lingering.keep(move.interfaceName(), move.addresses());
    }

    /** Where it was not planned, this is the first that is heard of it. */
    @Override
    public void released(Move move) {
        lingering.keep(move.interfaceName(), move.addresses());
    }
}
