package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.Link;
import io.jenkins.plugins.baton.agent.linux.LinuxException;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.util.Optional;
import java.util.function.Consumer;

/** Does on the wire, on the interface and for the data plane what the election of one router decides. */
final class Deeds {
    private final Surroundings surroundings;
    private final Segment segment;
    private final String name;
    private final Addresses addresses;
    private final Counters counters;
    private final Consumer<LinuxException> leaseFailed;
    private boolean sendFails;
    private boolean planned;

    /** @param leaseFailed told when the addresses cannot be put on the interface, or not be kept there */
    Deeds(
            Surroundings surroundings,
            Segment segment,
            VirtualRouter configuration,
            Addresses addresses,
            Counters counters,
            Consumer<LinuxException> leaseFailed) {
        this.surroundings = surroundings;
        this.segment = segment;
        this.name = configuration.name();
        this.addresses = addresses;
        this.counters = counters;
        this.leaseFailed = leaseFailed;
    }

    /** Whether it is for a MASTER alone to do; too late it must not be done. */
    static boolean isOfMaster(Action action) {
        return (action instanceof Action.Advertise advertise && advertise.priority() > 0)
                || action instanceof Action.Yield
                || action instanceof Action.AddAddresses
                || action instanceof Action.RenewLease
                || action instanceof Action.Announce;
    }

    /** Does it, if it is something to do and not merely to know. */
    void perform(Action action, Transmitter transmitter) {
        try {
            if (action instanceof Action.Advertise advertise) {
                transmitter.advertise(advertise.priority());
                counters.advertsSent++;
                sendFails = false;
            } else if (action instanceof Action.Order order) {
                transmitter.order(order.target());
            } else if (action instanceof Action.Yield) {
                transmitter.seekSuccessor(surroundings.agents());
            } else if (action instanceof Action.Taking taking) {
                take(taking.planned());
            } else if (action instanceof Action.AddAddresses || action instanceof Action.RenewLease) {
                lease();
            } else if (action instanceof Action.Announce announce) {
                announce(announce.times());
            } else if (action instanceof Action.Releasing) {
                planned = true;
                surroundings.plane().releasing(move(true));
            } else if (action instanceof Action.RemoveAddresses) {
                remove();
            }
        } catch (LinuxException e) {
            sendFailed(e);
        }
    }

    private void take(boolean plannedTaking) {
        if (!surroundings.plane().taking(move(plannedTaking))) {
            warn("the data plane was not ready within " + PlaneHook.PATIENCE_MILLIS
                    + " ms; the addresses were taken all the same");
        }
        planned = false;
    }

    private void lease() {
        try {
            if (segment.link().isPresent()) {
                addresses.lease(segment.link().get());
            }
        } catch (LinuxException e) {
            leaseFailed.accept(e);
        }
    }

    private void announce(int times) throws LinuxException {
        Optional<Link> link = segment.link();
        for (int i = 0; i < times && link.isPresent(); i++) {
            for (Cidr address : addresses.list()) {
                surroundings.kernel().announcer().announce(link.get(), address.address());
                counters.announcementsSent += address.isIpv6() ? 1 : 2;
            }
        }
    }

    private void remove() {
        try {
            if (segment.link().isPresent()) {
                addresses.remove(segment.link().get());
            }
        } catch (LinuxException e) {
            warn(e.getMessage() + "; the kernel removes it by itself within 3 s");
        }
        surroundings.plane().released(move(planned));
        planned = false;
    }

    private Move move(boolean plannedMove) {
        return new Move(name, segment.place().interfaceName(), addresses.list(), plannedMove);
    }

    private void sendFailed(LinuxException e) {
        counters.sendErrors++;
        if (!sendFails) {
            sendFails = true;
            warn(e.getMessage());
        }
    }

    private void warn(String sentence) {
        surroundings.warn("virtual router " + name + ": " + sentence);
    }
}
