package io.jenkins.plugins.baton.agent.simulation;

import io.jenkins.plugins.baton.agent.peerlink.SimulatedSpeech;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** The TCP connections between the agents: in order, repeated when lost, reset after 4 s of silence, closed in order at an end. */
final class PeerLinkCables {
    private static final long RETRY_INTERVAL = 1_000 * World.MILLISECOND;
    private static final long REPEAT_INTERVAL = 200 * World.MILLISECOND;
    private static final long SILENCE = 4_000 * World.MILLISECOND;

    private final World world;
    private final List<Cable> cables = new ArrayList<>();

    PeerLinkCables(World world) {
        this.world = world;
    }

    void lay() {
        for (Machine a : world.machines) {
            for (Machine b : world.machines) {
                if (a.index < b.index) {
                    Cable cable = new Cable(a, b);
                    cables.add(cable);
                    world.in(world.between(0, RETRY_INTERVAL), cable::look);
                }
            }
        }
    }

    private List<Cable> of(Machine machine) {
        return cables.stream().filter(cable -> cable.has(machine)).toList();
    }

    void began(Machine machine) {
        of(machine).forEach(cable -> world.in(world.between(500_000, 3 * World.MILLISECOND), cable::connect));
    }

    /** @param inOrder whether its kernel can still say so */
    void ended(Machine machine, boolean inOrder) {
        of(machine).forEach(cable -> cable.ended(machine, inOrder));
    }

    void tellAll(Machine from, Function<SimulatedSpeech, String> line) {
        of(from).forEach(cable -> cable.say(from, line));
    }

    void tell(Machine from, String to, Function<SimulatedSpeech, String> line) {
        of(from).stream().filter(cable -> cable.has(world.machine(to))).forEach(cable -> cable.say(from, line));
    }

    boolean isUp(Machine a, Machine b) {
        return cables.stream().anyMatch(cable -> cable.has(a) && cable.has(b) && cable.up && cable.isPassable());
    }

    private final class Cable {
        private final End a;
        private final End b;
        private boolean up;
        private long silentSince;

        Cable(Machine a, Machine b) {
            this.a = new End(a);
            this.b = new End(b);
            this.a.other = this.b;
            this.b.other = this.a;
        }

        boolean has(Machine machine) {
            return a.machine == machine || b.machine == machine;
        }

        private End end(Machine machine) {
            return a.machine == machine ? a : b;
        }

        boolean isPassable() {
            return world.lan.connects(a.machine, b.machine)
                    && a.machine.isNumbered()
                    && b.machine.isNumbered()
                    && !a.machine.hasNoPeerLink
                    && !b.machine.hasNoPeerLink;
        }

        /** Each second: tries to connect, or whether the other end is silent. */
        void look() {
            if (isPassable()) {
                silentSince = world.now();
            }
            if (!up) {
                connect();
            } else if (world.now() - silentSince >= SILENCE) {
                reset();
            }
            world.in(RETRY_INTERVAL, this::look);
        }

        void connect() {
            if (!up && isPassable() && a.machine.isAwake() && b.machine.isAwake()) {
                up = true;
                silentSince = world.now();
                a.begin();
                b.begin();
            }
        }

        void say(Machine from, Function<SimulatedSpeech, String> line) {
            End end = end(from);
            if (up && end.speech.isGreeted()) {
                end.write(line.apply(end.speech));
            }
        }

        private void reset() {
            up = false;
            a.lost(false);
            b.lost(false);
        }

        void ended(Machine machine, boolean inOrder) {
            if (!up) {
                return;
            }
            up = false;
            End left = end(machine).other;
            end(machine).forget();
            int epoch = left.epoch;
            if (inOrder) {
                tellOfTheEnd(left, epoch, world.now());
            } else {
                world.in(SILENCE + world.between(0, RETRY_INTERVAL), () -> left.lost(epoch, false));
            }
        }

        /** The FIN is repeated as everything else is. */
        private void tellOfTheEnd(End left, int epoch, long since) {
            if (isPassable()) {
                world.in(world.between(50_000, 300_000), () -> left.lost(epoch, true));
            } else if (world.now() - since < SILENCE) {
                world.in(REPEAT_INTERVAL, () -> tellOfTheEnd(left, epoch, since));
            } else {
                left.lost(epoch, false);
            }
        }

        private final class End {
            final Machine machine;
            End other;
            SimulatedSpeech speech;
            private final Deque<String> unsent = new ArrayDeque<>();
            private Agent agent;
            private boolean heard;
            private boolean sending;
            private int epoch;

            End(Machine machine) {
                this.machine = machine;
            }

            void begin() {
                speech = new SimulatedSpeech(machine.name(), other.machine.name());
                agent = machine.agent().orElseThrow();
                forget();
                write(speech.hello());
            }

            void forget() {
                unsent.clear();
                heard = false;
                sending = false;
                epoch++;
            }

            void write(String line) {
                unsent.add(line);
                if (!sending) {
                    sending = true;
                    int now = epoch;
                    world.in(world.between(30_000, 300_000), () -> send(now));
                }
            }

            private void send(int of) {
                if (of != epoch) {
                    return;
                }
                boolean lost = world.lan.isDisturbed() && world.random.nextInt(10) == 0;
                if (!isPassable() || lost) {
                    world.lan.lost(machine, other.machine);
                    world.in(REPEAT_INTERVAL, () -> send(of));
                    return;
                }
                String line = unsent.poll();
                int there = other.epoch;
                other.agent.now(() -> other.read(there, line));
                if (unsent.isEmpty()) {
                    sending = false;
                } else {
                    world.in(world.between(5_000, 50_000), () -> send(of));
                }
            }

            private void read(int of, String line) {
                if (of != epoch || agent.isOver()) {
                    return;
                }
                boolean greeted = speech.isGreeted();
                if (greeted && !heard) {
                    heard = true;
                    agent.connected(other.machine.name());
                }
                speech.read(line, other.machine.name(), agent);
                if (!greeted) {
                    write(speech.capabilities(agent.advertised()));
                    write(speech.state(agent.stated()));
                }
            }

            private void lost(int of, boolean inOrder) {
                if (of == epoch) {
                    lost(inOrder);
                }
            }

            /** The connection is no more. */
            private void lost(boolean inOrder) {
                boolean told = heard;
                forget();
                if (told) {
                    agent.now(() -> {
                        agent.disconnected(other.machine.name());
                        if (inOrder) {
                            agent.ended(other.machine.name());
                        }
                    });
                }
                world.in(world.between(0, RETRY_INTERVAL), Cable.this::connect);
            }
        }
    }
}
