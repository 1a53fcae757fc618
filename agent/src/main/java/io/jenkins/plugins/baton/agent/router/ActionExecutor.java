package io.jenkins.plugins.baton.agent.router;

import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import io.jenkins.plugins.baton.agent.linux.netlink.Link;
import io.jenkins.plugins.baton.agent.router.address.Addresses;
import io.jenkins.plugins.baton.agent.router.notice.Move;
import io.jenkins.plugins.baton.agent.router.notice.VipTransitionListener;
import io.jenkins.plugins.baton.agent.router.segment.Wire;
import io.jenkins.plugins.baton.agent.vrrp.Action;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import java.util.Optional;
import java.util.function.Consumer;

/** Does on the wire, on the interface and for the data plane what the election of one router decides. */
final class ActionExecutor {
    /** A lease lives for four of its renewals. */
    private static final int MAX_UNRENEWED = 3;

    private final RouterContext context;
    private final Wire segment;
    private final String name;
    private final Addresses addresses;
    private final Counters counters;
    private final Consumer<LinuxException> leaseFailed;
    private final Consumer<Event> consequences;
    private final SendFailures unsent = new SendFailures();
    private String warned = "";
    private int unleased;
    private boolean planned;

    /**
     * @param leaseFailed told when the addresses cannot be put on the interface, or not be kept there
     * @param consequences told what the election must know of what was done
     */
    ActionExecutor(
            RouterContext context,
            Wire segment,
            VirtualRouter configuration,
            Addresses addresses,
            Counters counters,
            Consumer<LinuxException> leaseFailed,
            Consumer<Event> consequences) {
        this.context = context;
        this.segment = segment;
        this.name = configuration.name();
        this.addresses = addresses;
        this.counters = counters;
        this.leaseFailed = leaseFailed;
        this.consequences = consequences;
    }

    /** Whether it is for a MASTER alone to do; too late it must not be done. */
    static boolean isOfMaster(Action action) {
        return (action instanceof Action.Advertise advertise && advertise.priority() > 0)
                || action instanceof Action.TakeoverRequest
                || action instanceof Action.AddAddresses
                || action instanceof Action.RenewLease
                || action instanceof Action.Announce;
    }

    /** Does it: something to do, and not merely to know. */
    void perform(Action action, Transmitter transmitter) {
        try {
            if (action instanceof Action.Advertise advertise) {
                advertise(advertise.priority(), transmitter);
            } else if (action instanceof Action.TrySending) {
                trySending(transmitter);
            } else if (action instanceof Action.TakeoverOrder order) {
                transmitter.sendTakeoverOrder(order.target());
            } else if (action instanceof Action.TakeoverRequest) {
                transmitter.seekSuccessor(context.agents());
            } else if (action instanceof Action.Taking taking) {
                take(taking.planned());
            } else if (action instanceof Action.AddAddresses) {
                lease(1);
            } else if (action instanceof Action.RenewLease) {
                lease(MAX_UNRENEWED);
            } else if (action instanceof Action.Announce announce) {
                announce(announce.times());
            } else if (action instanceof Action.Releasing) {
                planned = true;
                context.plane().releasing(move(true));
            } else if (action instanceof Action.RemoveAddresses) {
                remove();
            } else {
                throw new IllegalArgumentException("not an action for the wire or the interface: " + action);
            }
        } catch (LinuxException e) {
            counters.sendErrors++;
            warnOnce(e.getMessage());
        }
    }

    private void advertise(int priority, Transmitter transmitter) {
        try {
            Optional<LinuxException> partial = transmitter.advertise(priority);
            counters.advertsSent++;
            unsent.sent();
            if (partial.isPresent()) {
                counters.sendErrors++;
                warnOnce(partial.get().getMessage());
            } else {
                warned = "";
            }
        } catch (LinuxException e) {
            counters.sendErrors++;
            warnOnce(e.getMessage());
            if (unsent.failed(e.errno().isPassing())) {
                cannotBeHeard(e);
            }
        }
    }

    private void trySending(Transmitter transmitter) {
        try {
            transmitter.trySending();
            consequences.accept(new Event.SendingWorks());
        } catch (LinuxException e) {
            cannotBeHeard(e);
        }
    }

    private void cannotBeHeard(LinuxException e) {
        consequences.accept(new Event.SendingFailed("adverts cannot be sent: " + e.getMessage()));
    }

    /** A new term of a MASTER. */
    void becameMaster() {
        unsent.becameMaster();
    }

    private void take(boolean plannedTaking) {
        if (!context.plane().taking(move(plannedTaking))) {
            warn("the data plane was not ready within " + VipTransitionListener.TAKING_TIMEOUT_MILLIS
                    + " ms; taking the addresses anyway");
        }
        planned = false;
    }

    /** @param most how many failures in a row are too many, if the kernel is merely short of something */
    private void lease(int most) {
        try {
            if (segment.link().isPresent()) {
                addresses.lease(segment.link().get());
                unleased = 0;
            }
        } catch (LinuxException e) {
            if (e.errno() == Errno.ENODEV) { // before its event was read
                consequences.accept(new Event.NetworkChanged(
                        Optional.of("there is no interface " + segment.place().interfaceName())));
                return;
            }
            unleased++;
            if (unleased >= most || !e.errno().isPassing()) {
                leaseFailed.accept(e);
            }
        }
    }

    private void announce(int times) throws LinuxException {
        Optional<Link> link = segment.link();
        for (int i = 0; i < times && link.isPresent(); i++) {
            for (Cidr address : addresses.list()) {
                context.announcer().announce(link.get(), address.address());
                counters.announcementsSent += address.isIpv6() ? 1 : 2;
            }
        }
    }

    /** Asks the segment who else has the addresses. */
    void askForClaims() {
        try {
            for (Cidr address : addresses.list()) {
                segment.askForClaims(address.address());
            }
        } catch (LinuxException e) {
            counters.sendErrors++; // the interface is going down; it is asked again in a while
        }
    }

    private void remove() {
        try {
            addresses.remove();
        } catch (LinuxException e) {
            warn(e.getMessage() + "; the kernel removes it within 3 s");
        }
        context.plane().released(move(planned));
        planned = false;
    }

    private Move move(boolean plannedMove) {
        return new Move(name, segment.place().interfaceName(), addresses.list(), plannedMove);
    }

    private void warnOnce(String sentence) {
        if (!warned.equals(sentence)) {
            warned = sentence;
            warn(sentence);
        }
    }

    private void warn(String sentence) {
        context.warn("virtual router " + name + ": " + sentence);
    }
}
