package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.Certainty;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.SimulatedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A host with connections to the VIP: its packets take the way that the rules of the nodes lead them. */
final class Client {
    private static final long SYN_REPEAT = 1_000 * World.MILLISECOND;

    private final World world;
    private final String name;
    private final List<Connection> connections = new ArrayList<>();
    /** Where its neighbour table says that the VIP is. */
    private Optional<Machine> holder = Optional.empty();

    /** How a packet ends. */
    private enum Fate {
        ARRIVED,
        RESET,
        NOTHING
    }

    Client(World world, String name) {
        this.world = world;
        this.name = name;
    }

    List<Connection> connections() {
        return connections;
    }

    void learn(Machine machine) {
        holder = Optional.of(machine);
    }

    /** Asks the segment where the VIP is. */
    private void ask() {
        for (Machine machine : world.machines) {
            world.lan.send(this, machine, () -> {
                if (machine.answersForVip()) {
                    world.lan.send(machine, this, () -> learn(machine));
                }
            });
        }
    }

    void open() {
        Connection connection = new Connection(this, world.random.nextInt(128));
        connections.add(connection);
        connect(connection, 0);
    }

    private void connect(Connection connection, int attempt) {
        if (holder.isEmpty() || attempt > 2) {
            ask();
        }
        holder.filter(at -> world.lan.connects(this, at)).ifPresent(at -> syn(connection, at, attempt));
        if (connection.home == null) {
            if (attempt < 8) {
                world.in(SYN_REPEAT, () -> connect(connection, attempt + 1));
            }
        } else {
            world.in(pause(), () -> talk(connection, 0));
        }
    }

    private void syn(Connection connection, Machine at, int attempt) {
        Optional<KernelFrontend> frontend = frontend(at);
        if (frontend.isEmpty() || frontend.get().toProxy()) {
            return; // the proxy's connections are not looked after here
        }
        List<Integer> claimants = SimulatedRules.claimants(frontend.get(), connection.slot);
        if (claimants.isEmpty()) {
            return;
        }
        int choice = claimants.get(attempt % 2 == 0 || claimants.size() < 2 ? 0 : 1);
        Machine server = world.machines.get(choice);
        if (server == at || world.lan.connects(at, server)) {
            world.invariants.dispatched(at, server);
            if (server.isOnLan() && server.backendLives && frontend(server).isPresent()) {
                connection.home = server;
                connection.boot = server.boots;
                connection.excuse = world.invariants.excuse(connection);
            }
        }
    }

    private long pause() {
        return world.between(100 * World.MILLISECOND, 500 * World.MILLISECOND);
    }

    /** One packet in mid-stream, repeated until it arrives. */
    private void talk(Connection connection, int attempt) {
        Fate fate = holder.filter(at -> world.lan.connects(this, at))
                .map(at -> passOn(connection, at, 0, false, false))
                .orElse(Fate.NOTHING);
        if (fate == Fate.RESET) {
            connection.over = true;
            world.invariants.lost(connection, "is reset");
        } else if (fate == Fate.ARRIVED) {
            world.in(pause(), () -> talk(connection, 0));
        } else {
            if (attempt >= 2) {
                ask();
            }
            if (attempt == 30) {
                connection.over = true;
                world.invariants.lost(connection, "hangs");
            } else {
                world.in(Math.min(200L << attempt, 1_000) * World.MILLISECOND, () -> talk(connection, attempt + 1));
            }
        }
    }

    /**
     * What a node does with the packet: as FamilyTable has it, dispatch, again, serve.
     *
     * @param doubtful whether a node on its way was not sure who is there, see {@link Certainty}
     */
    private Fate passOn(Connection connection, Machine at, int mark, boolean fromPeer, boolean doubtful) {
        if (!at.isOnLan()) {
            return Fate.NOTHING;
        }
        ClusterView view = at.rules().view().orElse(ClusterView.NOTHING);
        Optional<KernelFrontend> frontend = view.frontends().stream().findFirst();
        if (frontend.isPresent() && !fromPeer && !frontend.get().toProxy()) {
            Optional<Integer> first = SimulatedRules.claimants(frontend.get(), connection.slot).stream()
                    .findFirst();
            if (first.isPresent() && first.get() != at.index) {
                return forward(connection, at, first.get(), 0, view.certainty() == Certainty.CUT_OFF);
            }
        }
        if (connection.home == at && connection.boot == at.boots) {
            return at.backendLives ? Fate.ARRIVED : Fate.RESET;
        }
        if (frontend.isEmpty()) {
            return at.isVipLocal() ? Fate.RESET : Fate.NOTHING;
        }
        boolean nowDoubtful = doubtful || view.certainty() != Certainty.SURE;
        OptionalInt next = SimulatedRules.next(view, mark);
        if (next.isPresent()) {
            return forward(connection, at, next.getAsInt(), SimulatedRules.mark(frontend.get(), mark), nowDoubtful);
        }
        return nowDoubtful ? Fate.NOTHING : reset(connection, at);
    }

    private Fate reset(Connection connection, Machine at) {
        if (!connection.isExcused()) {
            world.note(at, "resets a connection of " + connection.home);
        }
        return Fate.RESET;
    }

    private Fate forward(Connection connection, Machine from, int to, int mark, boolean doubtful) {
        Machine next = world.machines.get(to);
        return world.lan.connects(from, next) ? passOn(connection, next, mark, true, doubtful) : Fate.NOTHING;
    }

    private static Optional<KernelFrontend> frontend(Machine machine) {
        return machine.rules().view().flatMap(view -> view.frontends().stream().findFirst());
    }

    void agentEnded(Machine machine) {
        // In the kernel plane no connection ends in a process.
    }

    /** What was on this host may be lost with it. */
    void hostLost(Machine machine) {
        excuse(machine, machine + " was lost");
    }

    void excuse(Machine home, String why) {
        connections.stream().filter(one -> one.home == home).forEach(one -> one.excuse = Optional.of(why));
    }

    @Override
    public String toString() {
        return name;
    }

    /** From its first SYN to its loss. */
    static final class Connection {
        final Client client;
        final int slot;
        /** The node that serves it; null until it is established. */
        Machine home;

        int boot;
        boolean over;
        /** Why it may be lost, by the guarantees. */
        Optional<String> excuse = Optional.empty();

        Connection(Client client, int slot) {
            this.client = client;
            this.slot = slot;
        }

        boolean isExcused() {
            return excuse.isPresent();
        }
    }
}
