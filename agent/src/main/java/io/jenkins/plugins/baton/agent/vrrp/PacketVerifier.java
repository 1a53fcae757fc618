package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Compares the packets of one virtual router with what the agents say over their peer links. A packet on the segment may be
 * anybody's; the peer link is the agent's own. Pure but for its own memory: time comes from outside.
 *
 * <p>A packet that its agent does not confirm waits, and the agent is asked. Packet and statement travel at the same time, so
 * a genuine one waits for a fraction of a millisecond. An agent that does not answer in time has no say until it is heard
 * again: the peer link may be stalled, and the election must go on.
 *
 * <p>And the other way round: an agent that says that it is MASTER, but whose adverts do not come, is asked too, and its
 * answer counts as an advert. So a lost advert starts no election, and a firewall that drops protocol 112 makes no second
 * MASTER. A dead one does not answer; so nobody waits longer for its end.
 */
public final class PacketVerifier {
    private static final long MILLISECOND = 1_000_000L;

    /** How long an answer may take. A healthy one is there in a millisecond. */
    static final long ANSWER_TIMEOUT = 250 * MILLISECOND;

    /** Between two questions to one agent, however many packets come in its name. */
    static final long QUESTION_INTERVAL = 50 * MILLISECOND;

    /** An advert that the agent sent before its last change may still be under way. */
    static final long STALE_ADVERT_AGE = 1_000 * MILLISECOND;

    /** How long a second MASTER may be seen by its statement alone, while this node is MASTER: it is about to advertise. */
    private static final long TAKEOVER_GRACE = 500 * MILLISECOND;

    /** Adverts in a row that are missing, until that is told. */
    private static final int MAX_MISSING = 5;

    private final Settings settings;
    private final boolean orderNeedsStatement;
    private final Map<String, Agent> agents = new LinkedHashMap<>();

    /** What becomes of a packet. */
    public enum Trust {
        /** It is the agent's own, as far as can be known. */
        TRUSTED,
        /** The agent is asked; what it says decides. */
        PENDING,
        /** The agent is not connected, as it must be for this. */
        CONTRADICTED
    }

    /**
     * What follows from what an agent said, or did not say.
     *
     * @param believed packets that waited, and answers in the place of adverts; for the state machine
     * @param contradicted packets that waited and are somebody else's
     * @param stale packets that waited and that the agent may have sent before its last change
     */
    public record Outcome(List<Event> believed, List<Event> contradicted, List<Event> stale) {
        static final Outcome NOTHING = new Outcome(List.of(), List.of(), List.of());
    }

    /** One agent whose peer link is up. */
    private static final class Agent {
        Statement statement;
        Statement before;
        long changedAt;
        /** When its last advert came, or an answer in its place. */
        long heardAt;

        /** Adverts in a row in whose place an answer stood. */
        int missing;
        /** The open question is for the sake of an advert that is missing. */
        boolean waiting;

        Optional<Event> held = Optional.empty();
        long heldAt;
        /** When the question goes out; {@link Role#NEVER} when there is none. */
        long askAt = Role.NEVER;
        /** When the question went out; {@link Role#NEVER} when none is open. */
        long askedAt = Role.NEVER;

        long lastAskedAt = Long.MIN_VALUE / 2;
        /** It left a question unanswered, and has not been heard since. */
        boolean unresponsive;
    }

    /**
     * @param orderNeedsStatement whether an order of a node whose agent is not connected is refused: the group has a secret,
     *     and the peer link is where it shows
     */
    public PacketVerifier(Settings settings, boolean orderNeedsStatement) {
        this.settings = settings;
        this.orderNeedsStatement = orderNeedsStatement;
    }

    /** The same knowledge under another cluster file. */
    public PacketVerifier under(Settings next, boolean ordersNeed) {
        PacketVerifier verifier = new PacketVerifier(next, ordersNeed);
        agents.forEach((node, agent) -> {
            if (next.peers().stream().anyMatch(p -> p.name().equals(node))) {
                verifier.agents.put(node, agent);
            }
        });
        return verifier;
    }

    /** What to think of a packet that {@link Admission} let in. */
    public Trust judge(Peer sender, Event packet, long now) {
        Agent agent = agents.get(sender.name());
        if (agent == null) {
            boolean order = !(packet instanceof Event.Heard);
            return order && orderNeedsStatement ? Trust.CONTRADICTED : Trust.TRUSTED;
        }
        boolean confirmed = agent.statement.confirms(packet, settings.node());
        if (confirmed || agent.unresponsive) {
            if (!confirmed) {
                ask(agent, now); // perhaps it is back
            }
            heard(agent, packet, now);
            return Trust.TRUSTED;
        }
        agent.held = Optional.of(packet);
        agent.heldAt = now;
        ask(agent, now);
        return Trust.PENDING;
    }

    /** Whether the sender's agent says the same without being asked: then it does not matter where the packet came from. */
    public boolean confirms(Peer sender, Event packet) {
        Agent agent = agents.get(sender.name());
        return agent != null && agent.statement.confirms(packet, settings.node());
    }

    private static void heard(Agent agent, Event packet, long now) {
        if (packet instanceof Event.Heard) {
            agent.heardAt = now;
            agent.missing = 0;
        }
    }

    private static void ask(Agent agent, long now) {
        if (agent.askedAt == Role.NEVER) {
            agent.askAt = Math.min(agent.askAt, Math.max(now, agent.lastAskedAt + QUESTION_INTERVAL));
        }
    }

    /**
     * An agent spoke.
     *
     * @param answer whether it answers this node's question; else it has changed, or has just connected
     */
    public Outcome stated(Peer sender, Statement statement, boolean answer, long now) {
        Agent agent = agents.get(sender.name());
        if (agent == null) {
            agent = new Agent();
            agent.statement = statement;
            agent.changedAt = now;
            agent.heardAt = now;
            agents.put(sender.name(), agent);
            return Outcome.NOTHING;
        }
        if (!statement.equals(agent.statement)) {
            agent.before = agent.statement;
            agent.statement = statement;
            agent.changedAt = now;
            if (!agent.before.isMaster()) {
                agent.heardAt = now;
                agent.missing = 0;
            }
        }
        agent.unresponsive = false;
        List<Event> believed = new ArrayList<>();
        List<Event> contradicted = new ArrayList<>();
        List<Event> stale = new ArrayList<>();
        if (agent.held.isPresent() && statement.confirms(agent.held.get(), settings.node())) {
            heard(agent, agent.held.get(), now);
            believed.add(agent.held.get());
            agent.held = Optional.empty();
        } else if (agent.held.isPresent() && answer && agent.heldAt <= agent.askedAt && agent.askedAt != Role.NEVER) {
            (isStale(agent, agent.held.get()) ? stale : contradicted).add(agent.held.get());
            agent.held = Optional.empty();
        }
        if (answer) {
            agent.askedAt = Role.NEVER;
            if (agent.held.isPresent()) {
                ask(agent, now); // it came after the question
            }
            if (agent.waiting && statement.isMaster()) {
                agent.missing++;
                agent.heardAt = now;
                believed.add(new Event.Heard(sender, advert(statement)));
            }
            agent.waiting = false;
        }
        return new Outcome(believed, contradicted, stale);
    }

    private boolean isStale(Agent agent, Event packet) {
        return agent.before != null
                && agent.heldAt - agent.changedAt < STALE_ADVERT_AGE
                && agent.before.confirms(packet, settings.node());
    }

    /** As the agent would have sent it. */
    private Advertisement advert(Statement statement) {
        return new Advertisement(
                settings.version(),
                Type.ADVERTISEMENT,
                0,
                statement.priority(),
                settings.intervalNanos(),
                List.of(),
                Advertisement.Trailer.NONE);
    }

    /** The peer link is down: the adverts decide. What waits is believed. */
    public Outcome lost(String node) {
        Agent agent = agents.remove(node);
        return agent == null ? Outcome.NOTHING : believing(agent.held.stream().toList());
    }

    private static Outcome believing(List<Event> believed) {
        return new Outcome(believed, List.of(), List.of());
    }

    /** When {@link #questions} or {@link #unanswered} is due. */
    public long deadline(boolean master) {
        long first = Role.NEVER;
        for (Agent agent : agents.values()) {
            first = Math.min(first, deadline(agent, master));
        }
        return first;
    }

    private long deadline(Agent agent, boolean master) {
        if (agent.askedAt != Role.NEVER) {
            return agent.askedAt + ANSWER_TIMEOUT;
        }
        return Math.min(agent.askAt, missingAt(agent, master));
    }

    /** When the absence of its adverts is worth a question. */
    private long missingAt(Agent agent, boolean master) {
        if (!agent.statement.isMaster() || agent.unresponsive) {
            return Role.NEVER;
        }
        long interval = settings.intervalNanos();
        long allowed = agent.missing > 0 ? interval : interval * 3 / 2;
        long since = master
                ? Math.max(agent.heardAt, agent.changedAt + Math.max(TAKEOVER_GRACE, 3 * interval))
                : agent.heardAt;
        return since + allowed;
    }

    /**
     * The nodes whose agents are to be asked now.
     *
     * @param master whether this node is MASTER
     */
    public List<String> questions(boolean master, long now) {
        List<String> nodes = new ArrayList<>();
        agents.forEach((node, agent) -> {
            boolean missing = now >= missingAt(agent, master);
            if (agent.askedAt == Role.NEVER && (now >= agent.askAt || missing)) {
                agent.waiting |= missing;
                agent.askAt = Role.NEVER;
                agent.askedAt = now;
                agent.lastAskedAt = now;
                nodes.add(node);
            } else if (missing) {
                agent.waiting = true;
            }
        });
        return nodes;
    }

    /** Agents that did not answer in time have no say until they are heard again; what waited for them is believed. */
    public Outcome unanswered(long now) {
        List<Event> believed = new ArrayList<>();
        for (Agent agent : agents.values()) {
            if (agent.askedAt != Role.NEVER && now - agent.askedAt >= ANSWER_TIMEOUT) {
                agent.askedAt = Role.NEVER;
                agent.waiting = false;
                agent.unresponsive = true;
                agent.held.ifPresent(believed::add);
                agent.held = Optional.empty();
            }
        }
        return believing(believed);
    }

    /** The nodes that are MASTER by what their agents say, while their adverts do not arrive here. */
    public List<String> unheardMasters() {
        List<String> nodes = List.of();
        for (Map.Entry<String, Agent> entry : agents.entrySet()) {
            Agent agent = entry.getValue();
            if (agent.missing >= MAX_MISSING && agent.statement.isMaster()) {
                nodes = Stream.concat(nodes.stream(), Stream.of(entry.getKey())).toList();
            }
        }
        return nodes;
    }
}
