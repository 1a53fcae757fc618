package io.jenkins.plugins.baton.agent.vrrp;

import io.jenkins.plugins.baton.jmx.State;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What an agent says over the peer link of one of its virtual routers. A packet in the name of its node is believed when it
 * agrees.
 *
 * @param state the VRRP state
 * @param priority what it advertises as MASTER
 * @param successor the node that it asks to take over, {@link #ANYBODY} when it asks all; empty when it stays
 */
public record Statement(State state, int priority, Optional<String> successor) {
    public static final String ANYBODY = "*";

    private static final String SEPARATOR = ":";

    /** What this router says of itself. */
    public static Statement of(Router router) {
        Optional<String> successor = router.role instanceof Role.Master master
                ? master.transfer().map(t -> t.target().map(Peer::name).orElse(ANYBODY))
                : Optional.empty();
        return new Statement(router.state(), router.effectivePriority(), successor);
    }

    /** Compared with every packet: by hand, for the method handles of a record's own are slow in the first compiler. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Statement statement
                && state == statement.state
                && priority == statement.priority
                && successor.equals(statement.successor);
    }

    @Override
    public int hashCode() {
        return state.hashCode() * 31 + priority;
    }

    public boolean isMaster() {
        return state == State.MASTER;
    }

    /**
     * Whether a packet says the same.
     *
     * @param self the name of the node that received it
     */
    boolean confirms(Event packet, String self) {
        if (packet instanceof Event.Heard heard) {
            int advertised = heard.advert().priority();
            return advertised == 0 ? !isMaster() : isMaster() && advertised == priority;
        }
        String asked = packet instanceof Event.TakeoverRequested ? ANYBODY : self;
        return isMaster() && successor.equals(Optional.of(asked));
    }

    /** All routers of an agent on one line, as {@link #parse} reads it. */
    public static String text(Map<String, Statement> byRouter) {
        return byRouter.entrySet().stream()
                .map(e -> e.getKey()
                        + SEPARATOR
                        + e.getValue().state
                        + SEPARATOR
                        + e.getValue().priority
                        + e.getValue().successor.map(SEPARATOR::concat).orElse(""))
                .collect(Collectors.joining(" "));
    }

    /** By the name of the router; words that it does not understand are those of a later version. */
    public static Map<String, Statement> parse(String text) {
        Map<String, Statement> byRouter = new HashMap<>();
        for (String word : text.split(" ")) {
            String[] parts = word.split(SEPARATOR);
            Optional<State> state = Arrays.stream(State.values())
                    .filter(s -> parts.length > 2 && s.name().equals(parts[1]))
                    .findFirst();
            if (state.isPresent() && parts[2].matches("[0-9]{1,3}")) {
                Optional<String> successor = parts.length > 3 ? Optional.of(parts[3]) : Optional.empty();
                byRouter.put(parts[0], new Statement(state.get(), Integer.parseInt(parts[2]), successor));
            }
        }
        return byRouter;
    }
}
