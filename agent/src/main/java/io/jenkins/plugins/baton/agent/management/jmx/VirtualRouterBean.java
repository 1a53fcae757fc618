package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.management.OperatorFuture;
import io.jenkins.plugins.baton.agent.router.OperationRefusedException;
import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.agent.vrrp.packet.DropReason;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.jmx.Conflict;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.Timestamps;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A virtual router at one moment; operations go to the router as it is then. */
final class VirtualRouterBean implements VirtualRouterMXBean {
    private final VirtualRouters routers;
    private final RouterSnapshot snapshot;

    private VirtualRouterBean(VirtualRouters routers, RouterSnapshot snapshot) {
        this.routers = routers;
        this.snapshot = snapshot;
    }

    static VirtualRouterBean of(VirtualRouters routers, String name) {
        return routers.snapshot(name)
                .map(snapshot -> new VirtualRouterBean(routers, snapshot))
                .orElseThrow(() -> new IllegalStateException("Virtual router " + name + " is no longer configured"));
    }

    @Override
    public String getName() {
        return snapshot.name();
    }

    @Override
    public State getState() {
        return snapshot.state();
    }

    @Override
    public int getStateCode() {
        return snapshot.state().code();
    }

    @Override
    public String getStateSince() {
        return Timestamps.format(snapshot.stateSince());
    }

    @Override
    public String getStateReason() {
        return snapshot.stateReason();
    }

    @Override
    public int getPriority() {
        return snapshot.priority();
    }

    @Override
    public int getEffectivePriority() {
        return snapshot.effectivePriority();
    }

    @Override
    public String getHolder() {
        return snapshot.holder().orElse("");
    }

    @Override
    public long getTransitions() {
        return snapshot.transitions();
    }

    @Override
    public int getVirtualRouterId() {
        return snapshot.configuration().virtualRouterId();
    }

    @Override
    public int getVersion() {
        return snapshot.configuration().version();
    }

    @Override
    public String getInterface() {
        return snapshot.interfaceName();
    }

    @Override
    public List<String> getAddresses() {
        return snapshot.configuration().addresses().stream().map(Cidr::toString).toList();
    }

    @Override
    public long getAdvertisementIntervalMillis() {
        return snapshot.configuration().advertisementInterval().toMillis();
    }

    @Override
    public long getAdvertsSent() {
        return snapshot.advertsSent();
    }

    @Override
    public long getAdvertsReceived() {
        return snapshot.advertsReceived();
    }

    @Override
    public String getLastAdvertAt() {
        return Timestamps.format(snapshot.lastAdvertAt());
    }

    /** Keys in lower camel case, as all keys of the JSON. */
    @Override
    public Map<String, Long> getDroppedAdverts() {
        Map<String, Long> drops = new TreeMap<>();
        snapshot.drops().forEach((reason, count) -> drops.put(camelCase(reason), count));
        return drops;
    }

    @Override
    public Map<String, String> getDroppedAdvertSenders() {
        Map<String, String> senders = new TreeMap<>();
        snapshot.dropSenders().forEach((reason, sender) -> senders.put(camelCase(reason), sender.getHostAddress()));
        return senders;
    }

    private static String camelCase(DropReason reason) {
        StringBuilder key = new StringBuilder();
        for (String word : reason.name().toLowerCase(Locale.ROOT).split("_")) {
            key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return key.toString();
    }

    @Override
    public long getAnnouncementsSent() {
        return snapshot.announcementsSent();
    }

    @Override
    public long getAddressesRestored() {
        return snapshot.addressesRestored();
    }

    @Override
    public long getSendErrors() {
        return snapshot.sendErrors();
    }

    @Override
    public boolean isSuspended() {
        return snapshot.suspended();
    }

    @Override
    public List<Conflict> getConflicts() {
        return snapshot.conflicts().stream()
                .map(conflict -> new Conflict(
                        conflict.kind().name(),
                        conflict.source().getHostAddress(),
                        conflict.mac().map(MacAddress::toString).orElse(""),
                        conflict.virtualRouterId(),
                        conflict.addresses().stream()
                                .map(InetAddress::getHostAddress)
                                .toList(),
                        Timestamps.format(conflict.since()),
                        conflict.count(),
                        conflict.sentence()))
                .toList();
    }

    @Override
    public List<String> getUnheardMasters() {
        return snapshot.unheardMasters();
    }

    @Override
    public int getConflictCount() {
        return snapshot.conflicts().size();
    }

    @Override
    public int getUnheardMasterCount() {
        return snapshot.unheardMasters().size();
    }

    @Override
    public void handOver(String reason) {
        await(routers.handOver(getName(), Reason.of(reason)));
    }

    @Override
    public void handOverTo(String node, String reason) {
        await(routers.handOverTo(getName(), node, Reason.of(reason)));
    }

    @Override
    public void suspend(String reason) {
        await(routers.suspend(getName(), Reason.of(reason)));
    }

    @Override
    public void resume(String reason) {
        await(routers.resume(getName(), Reason.of(reason)));
    }

    /** A remote client must know the class of what it gets. */
    private static void await(CompletableFuture<Void> outcome) {
        try {
            OperatorFuture.await(outcome);
        } catch (OperationRefusedException e) {
            throw e.isBadInput()
                    ? new IllegalArgumentException(e.getMessage())
                    : new IllegalStateException(e.getMessage());
        }
    }
}
