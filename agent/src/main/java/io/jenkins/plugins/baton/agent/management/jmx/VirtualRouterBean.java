package io.jenkins.plugins.baton.agent.management.jmx;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.management.OperatorFuture;
import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.agent.vrrp.DropReason;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.jmx.Conflict;
import io.jenkins.plugins.baton.jmx.Timestamps;
import io.jenkins.plugins.baton.jmx.VirtualRouterMXBean;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

final class VirtualRouterBean implements VirtualRouterMXBean {
    private final VirtualRouters routers;
    private final String name;

    VirtualRouterBean(VirtualRouters routers, String name) {
        this.routers = routers;
        this.name = name;
    }

    private RouterSnapshot now() {
        return routers.snapshot(name)
                .orElseThrow(() -> new IllegalStateException("Virtual router " + name + " is no longer configured"));
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public String getState() {
        return now().state().name();
    }

    @Override
    public int getStateCode() {
        return now().state().code();
    }

    @Override
    public String getStateSince() {
        return Timestamps.format(now().stateSince());
    }

    @Override
    public String getStateReason() {
        return now().stateReason();
    }

    @Override
    public int getPriority() {
        return now().priority();
    }

    @Override
    public int getEffectivePriority() {
        return now().effectivePriority();
    }

    @Override
    public String getHolder() {
        return now().holder().orElse("");
    }

    @Override
    public long getTransitions() {
        return now().transitions();
    }

    @Override
    public int getVirtualRouterId() {
        return now().configuration().virtualRouterId();
    }

    @Override
    public int getVersion() {
        return now().configuration().version();
    }

    @Override
    public String getInterface() {
        return now().interfaceName();
    }

    @Override
    public List<String> getAddresses() {
        return now().configuration().addresses().stream().map(Cidr::toString).toList();
    }

    @Override
    public long getAdvertisementIntervalMillis() {
        return now().configuration().advertisementInterval().toMillis();
    }

    @Override
    public long getAdvertsSent() {
        return now().advertsSent();
    }

    @Override
    public long getAdvertsReceived() {
        return now().advertsReceived();
    }

    @Override
    public String getLastAdvertAt() {
        return Timestamps.format(now().lastAdvertAt());
    }

    /** Keys in lower camel case, as all keys of the JSON. */
    @Override
    public Map<String, Long> getDroppedAdverts() {
        Map<String, Long> drops = new TreeMap<>();
        now().drops().forEach((reason, count) -> drops.put(camelCase(reason), count));
        return drops;
    }

    @Override
    public Map<String, String> getDroppedAdvertSenders() {
        Map<String, String> senders = new TreeMap<>();
        now().dropSenders().forEach((reason, sender) -> senders.put(camelCase(reason), sender.getHostAddress()));
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
        return now().announcementsSent();
    }

    @Override
    public long getAddressesRestored() {
        return now().addressesRestored();
    }

    @Override
    public long getSendErrors() {
        return now().sendErrors();
    }

    @Override
    public boolean isSuspended() {
        return now().suspended();
    }

    @Override
    public List<Conflict> getConflicts() {
        return now().conflicts().stream()
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
        return now().unheardMasters();
    }

    @Override
    public void handOver(String reason) {
        OperatorFuture.await(routers.handOver(name, Reason.of(reason)));
    }

    @Override
    public void handOverTo(String node, String reason) {
        OperatorFuture.await(routers.handOverTo(name, node, Reason.of(reason)));
    }

    @Override
    public void suspend(String reason) {
        OperatorFuture.await(routers.suspend(name, Reason.of(reason)));
    }

    @Override
    public void resume(String reason) {
        OperatorFuture.await(routers.resume(name, Reason.of(reason)));
    }
}
