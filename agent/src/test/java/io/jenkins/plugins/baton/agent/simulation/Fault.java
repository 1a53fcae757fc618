package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.linux.netlink.MacAddress;
import io.jenkins.plugins.baton.agent.linux.vrrp.Datagram;
import io.jenkins.plugins.baton.agent.router.Conflict;
import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Codec;
import io.jenkins.plugins.baton.agent.vrrp.packet.Group;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.jmx.State;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** What may happen to a cluster; most of it ends by itself after a while. */
enum Fault {
    HAND_OVER {
        @Override
        void strike(World world, Machine machine) {
            holder(world, machine).agent().ifPresent(agent -> agent.order(new Event.HandOver("test")));
        }
    },
    HAND_OVER_TO {
        @Override
        void strike(World world, Machine machine) {
            Machine holder = holder(world, machine);
            holder.agent()
                    .ifPresent(agent -> agent.election()
                            .peer(machine.name())
                            .ifPresent(target -> agent.order(new Event.HandOverTo(target, "test"))));
        }
    },
    SUSPEND {
        @Override
        void strike(World world, Machine machine) {
            Machine holder = holder(world, machine);
            holder.agent().ifPresent(agent -> agent.order(new Event.Suspend("test")));
            world.in(
                    world.between(500 * MS, 4_000 * MS),
                    () -> holder.agent().ifPresent(agent -> agent.order(new Event.Resume("test"))));
        }
    },
    /** As for an upgrade: stopped and started again. */
    RESTART {
        @Override
        void strike(World world, Machine machine) {
            Machine one = world.random.nextBoolean() ? machine : holder(world, machine);
            one.agent().filter(agent -> !agent.isPaused()).ifPresent(Agent::stop);
            world.in(world.between(1_100 * MS, 4_000 * MS), one::startAgent);
        }
    },
    DRAIN {
        @Override
        void strike(World world, Machine machine) {
            Machine backend = any(world);
            if (machine.isAwake()) {
                machine.agent().orElseThrow().drain(backend.index, true);
                world.invariants.drains(machine, backend, true);
                Optional<Agent> agent = machine.agent();
                world.in(world.between(1_000 * MS, 4_000 * MS), () -> {
                    world.invariants.drains(machine, backend, false);
                    if (machine.agent().equals(agent) && machine.isAwake()) {
                        agent.get().drain(backend.index, false);
                    }
                });
            }
        }
    },
    /** A file with other settings, which the agents read one after the other. */
    RELOAD {
        @Override
        void strike(World world, Machine machine) {
            Cluster next = Files.other(world.cluster(), world.random);
            world.write(next);
            for (Machine each : world.machines) {
                world.in(
                        world.between(0, 2_000 * MS),
                        () -> each.agent().filter(agent -> !agent.isPaused()).ifPresent(agent -> agent.reload(next)));
            }
        }
    },
    PRIORITY {
        @Override
        void strike(World world, Machine machine) {
            int adjustment = -world.random.nextInt(60);
            machine.agent().ifPresent(agent -> agent.order(new Event.Tracked(adjustment, Optional.empty())));
        }
    },
    KILL {
        @Override
        void strike(World world, Machine machine) {
            Machine one = world.random.nextBoolean() ? machine : holder(world, machine);
            one.endAgent("is killed");
            world.in(world.between(200 * MS, 5_000 * MS), one::startAgent);
        }
    },
    /** A pause of the process: of the collector, of SIGSTOP. */
    FREEZE {
        @Override
        void strike(World world, Machine machine) {
            Machine one = world.random.nextBoolean() ? machine : holder(world, machine);
            one.agent().ifPresent(agent -> {
                agent.pause();
                world.in(world.between(20 * MS, 5_000 * MS), agent::wake);
            });
        }
    },
    HOST_LOSS {
        @Override
        void strike(World world, Machine machine) {
            Machine one = world.random.nextBoolean() ? machine : holder(world, machine);
            one.powerOff();
            world.in(world.between(1_000 * MS, 8_000 * MS), one::powerOn);
        }
    },
    STANDSTILL {
        @Override
        void strike(World world, Machine machine) {
            if (machine.isOn() && !machine.isStopped()) {
                machine.stop();
                world.in(world.between(50 * MS, 5_000 * MS), machine::goOn);
            }
        }
    },
    PARTITION {
        @Override
        void strike(World world, Machine machine) {
            List<Object> ends = new ArrayList<>(world.machines);
            ends.addAll(world.clients);
            Collections.shuffle(ends, world.random);
            world.lan.cutOff(ends.subList(0, 1 + world.random.nextInt(ends.size() - 1)));
            world.in(world.between(500 * MS, 6_000 * MS), world.lan::heal);
        }
    },
    /** The host of the present holder alone is cut off, which others take over from; later it is back. */
    MINORITY {
        @Override
        void strike(World world, Machine machine) {
            world.lan.cutOff(List.of(holder(world, machine)));
            world.in(world.between(500 * MS, 6_000 * MS), world.lan::heal);
        }
    },
    ONE_WAY {
        @Override
        void strike(World world, Machine machine) {
            world.lan.deafen(machine, any(world));
            world.in(world.between(500 * MS, 4_000 * MS), world.lan::heal);
        }
    },
    LINK {
        @Override
        void strike(World world, Machine machine) {
            Machine one = world.random.nextBoolean() ? machine : holder(world, machine);
            one.link(false);
            world.in(world.between(100 * MS, 5_000 * MS), () -> one.link(true));
        }
    },
    ADDRESS {
        @Override
        void strike(World world, Machine machine) {
            Machine one = world.random.nextBoolean() ? machine : holder(world, machine);
            one.number(false);
            world.in(world.between(100 * MS, 5_000 * MS), () -> one.number(true));
        }
    },
    /** Somebody takes the VIP off the interface. */
    FLUSH {
        @Override
        void strike(World world, Machine machine) {
            Machine holder = holder(world, machine);
            world.cause(holder, "the VIP is taken off by a stranger");
            holder.loseVip();
        }
    },
    FIREWALL {
        @Override
        void strike(World world, Machine machine) {
            int which = world.random.nextInt(3);
            world.cause(
                    machine,
                    "a firewall drops "
                            + List.of("its adverts", "adverts to it", "the peer link")
                                    .get(which));
            machine.firewallAt = world.now();
            machine.sendsNoAdverts |= which == 0;
            machine.hearsNoAdverts |= which == 1;
            machine.hasNoPeerLink |= which == 2;
            world.in(world.between(500 * MS, 6_000 * MS), () -> {
                world.cause(machine, "the firewall is gone");
                machine.firewallAt = world.now();
                machine.sendsNoAdverts = false;
                machine.hearsNoAdverts = false;
                machine.hasNoPeerLink = false;
            });
        }
    },
    BAD_NETWORK {
        @Override
        void strike(World world, Machine machine) {
            world.lan.quality(world.random.nextDouble() * 0.3, 0.1, 20 * MS);
            world.in(world.between(500 * MS, 4_000 * MS), () -> world.lan.quality(0, 0, 300_000));
        }
    },
    BACKEND {
        @Override
        void strike(World world, Machine machine) {
            world.cause(machine, "its backend ends");
            machine.backendLives = false;
            world.clients.forEach(client -> client.excuse(machine, "the backend on " + machine + " ended"));
            world.in(world.between(1_000 * MS, 8_000 * MS), () -> machine.backendLives = true);
        }
    },
    /** Another group with the same VRID. */
    STRANGER {
        @Override
        void strike(World world, Machine machine) {
            world.cause("stranger", "advertises with our VRID");
            repeat(world, 15, () -> send(world, address(77), Advertisement.Type.ADVERTISEMENT, 200, world.machines));
            world.invariants.expectReport(Conflict.Kind.VRRP, List.copyOf(world.machines));
        }
    },
    /** Adverts, farewells and orders in the name of a node, from another Ethernet address. */
    FORGERY {
        @Override
        void strike(World world, Machine machine) {
            Machine victim = holder(world, machine);
            int priority = List.of(0, 254, 1, 120).get(world.random.nextInt(4));
            boolean order = world.random.nextInt(4) == 0;
            world.note("forger", "sends in the name of " + victim + (order ? " orders" : " priority " + priority));
            repeat(
                    world,
                    15,
                    () -> send(
                            world,
                            victim.node.address(),
                            order ? Advertisement.Type.TAKEOVER_ORDER : Advertisement.Type.ADVERTISEMENT,
                            priority,
                            world.machines.stream().filter(m -> m != victim).toList()));
            if (order || priority != victim.node.priority()) { // else it says what that node says itself
                world.invariants.expectReport(
                        Conflict.Kind.FORGERY,
                        world.machines.stream().filter(m -> m != victim).toList());
            }
        }
    };

    private static final long MS = World.MILLISECOND;
    private static final MacAddress FORGER = new MacAddress(0x0200_0000_6666L);

    /** @param machine any; many faults rather strike the holder */
    abstract void strike(World world, Machine machine);

    static Machine any(World world) {
        return world.machines.get(world.random.nextInt(world.machines.size()));
    }

    private static Machine holder(World world, Machine otherwise) {
        return world.machines.stream()
                .filter(m -> m.isAwake() && m.agent().orElseThrow().state() == State.MASTER)
                .findFirst()
                .orElse(otherwise);
    }

    private static void repeat(World world, int times, Runnable what) {
        for (int i = 0; i < times; i++) {
            world.in(i * 100L * MS, what);
        }
    }

    private static void send(
            World world, InetAddress source, Advertisement.Type type, int priority, List<Machine> targets) {
        VirtualRouter router = world.cluster().virtualRouters().get(0);
        for (Machine target : targets) {
            InetAddress destination =
                    type == Advertisement.Type.ADVERTISEMENT ? Group.MULTICAST_IPV4 : target.node.address();
            ByteBuffer packet =
                    Codec.encode(Group.of(router).packet(type, priority), router.checksum(), source, destination);
            world.lan.send("forger", target, () -> target.hear(new Datagram(packet, source, destination, 255), FORGER));
        }
    }

    private static InetAddress address(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
        } catch (UnknownHostException e) {
            throw new AssertionError("4 octets are an address", e);
        }
    }
}
