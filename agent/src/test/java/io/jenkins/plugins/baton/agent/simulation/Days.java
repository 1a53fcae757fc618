package io.jenkins.plugins.baton.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Event;
import io.jenkins.plugins.baton.agent.vrrp.Settings;
import io.jenkins.plugins.baton.cluster.Cluster;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The course of a simulated day: the nodes start, clients connect, things happen, and all is well again. */
final class Days {
    private static final int CLIENTS = 2;
    private static final int CONNECTIONS = 10;

    private Days() {}

    /** All agents run, one holds, clients have connections. */
    static void begin(World world) {
        for (int i = 0; i < CLIENTS; i++) {
            world.clients.add(new Client(world, "client" + (i + 1)));
        }
        world.machines.forEach(machine -> world.in(world.between(0, 500 * World.MILLISECOND), machine::startAgent));
        world.runFor(5 * World.SECOND);
        assertThat(world.masters()).as("MASTERs after the start").hasSize(1);
        for (int i = 0; i < CONNECTIONS; i++) {
            Client client = world.clients.get(i % CLIENTS);
            world.in(world.between(0, World.SECOND), client::open);
        }
        world.runFor(1_200 * World.MILLISECOND);
        assertThat(world.clients.stream()
                        .flatMap(client -> client.connections().stream())
                        .filter(connection -> connection.home != null))
                .as("connections established by the kernel plane")
                .hasSize(CONNECTIONS);
    }

    /** @param menu one of them each second or so */
    static void pass(World world, int times, Fault... menu) {
        Set<Settings> written = new HashSet<>(settings(world.cluster()));
        for (int i = 0; i < times; i++) {
            world.runFor(world.between(100 * World.MILLISECOND, 1_800 * World.MILLISECOND));
            menu[world.random.nextInt(menu.length)].strike(world, Fault.any(world));
            Client client = world.clients.get(world.random.nextInt(CLIENTS));
            world.in(world.between(0, World.SECOND), client::open);
            written.addAll(settings(world.cluster()));
            world.invariants.configurations(written);
        }
    }

    private static Set<Settings> settings(Cluster cluster) {
        Set<Settings> all = new HashSet<>();
        cluster.nodes()
                .forEach(node -> all.add(
                        Settings.of(cluster, node, cluster.virtualRouters().get(0))));
        return all;
    }

    /** Everything is repaired; after a while there is one holder, and nothing changes any more. */
    static void end(World world) {
        world.runFor(10 * World.SECOND);
        world.lan.quality(0, 0, 300_000);
        world.lan.heal();
        for (Machine machine : world.machines) {
            machine.powerOn();
            machine.goOn();
            machine.link(true);
            machine.number(true);
            machine.startAgent();
            machine.agent().ifPresent(agent -> {
                agent.wake();
                agent.reload(world.cluster());
                agent.order(new Event.Resume("end"));
                agent.order(new Event.Tracked(0, Optional.empty()));
            });
        }
        world.runFor(8 * World.SECOND);
        assertThat(world.masters()).as("MASTERs at the end").hasSize(1);
        world.runFor(9 * World.SECOND);
        assertThat(world.masters()).as("MASTERs at the end").hasSize(1);
    }
}
