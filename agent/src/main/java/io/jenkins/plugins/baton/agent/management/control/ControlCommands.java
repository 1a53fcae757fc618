package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.OperatorFuture;
import io.jenkins.plugins.baton.agent.plane.BackendView;
import io.jenkins.plugins.baton.agent.plane.FrontendTable;
import io.jenkins.plugins.baton.agent.router.OperationRefusedException;
import io.jenkins.plugins.baton.agent.router.RouterSnapshot;
import io.jenkins.plugins.baton.agent.router.VirtualRouters;
import io.jenkins.plugins.baton.jmx.State;
import io.jenkins.plugins.baton.jmx.text.Printable;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator on this machine may ask of the agent, one line of words each:
 *
 * <pre>
 * status [json] [watch] [every=MILLIS] [colour]
 * status openmetrics
 * handover [NODE]
 * suspend | resume
 * drain BACKEND | enable BACKEND        BACKEND is NAME or FRONTEND/NAME
 * operate BEAN OPERATION [ARGUMENT…]    percent-encoded, each
 * </pre>
 *
 * A word {@code for=WHO} says on whose behalf the user asks, {@code reason=WHY} why: for the log.
 */
public final class ControlCommands {
    private static final Logger LOG = LoggerFactory.getLogger("control");

    /** Where the answer goes. */
    interface Output {
        void print(String text) throws IOException;

        /** Whether somebody still reads. */
        boolean isWanted() throws IOException;
    }

    /** The command was not carried out; the message is a sentence. */
    static final class Refusal extends Exception {
        private static final long serialVersionUID = 1;
        private final int exitCode;

        private Refusal(int exitCode, String sentence) {
            super(sentence);
            this.exitCode = exitCode;
        }

        /** It may work another time. */
        static Refusal failed(String sentence) {
            return new Refusal(ExitCode.FAILED, sentence);
        }

        /** What was asked for can never be done. */
        static Refusal badInput(String sentence) {
            return new Refusal(ExitCode.BAD_INPUT, sentence);
        }

        /** What the operator's command ends with. */
        int exitCode() {
            return exitCode;
        }
    }

    private final StatusReport report;
    private final VirtualRouters routers;
    private final FrontendTable plane;
    private final BeanOperations operations;

    public ControlCommands(MBeanServer server, StatusReport report, VirtualRouters routers, FrontendTable plane) {
        this.operations = new BeanOperations(server);
        this.report = report;
        this.routers = routers;
        this.plane = plane;
    }

    /**
     * @param line the operator's words
     * @param user who asks, for the log
     * @throws Refusal before anything was printed
     */
    void execute(String line, String user, Output out) throws Refusal, IOException, InterruptedException {
        Words all = Words.of(line);
        List<String> words = all.plain();
        if (words.isEmpty()) {
            throw Refusal.badInput("There is no command in this line");
        }
        String verb = words.get(0);
        List<String> arguments = words.subList(1, words.size());
        String who = all.operator().map(operator -> user + " for " + operator).orElse(user);
        if (verb.equals("status")) {
            report.print(arguments, all.every(), out);
            return;
        }
        Optional<String> why = all.reason();
        String asked = "asked by " + who + " with `" + verb + "`";
        String reason = why.map(text -> text + " (" + asked + ")").orElse(asked);
        String done = switch (verb) {
            case "handover" -> handOver(arguments, reason);
            case "suspend" -> each(router -> routers.suspend(router, reason), "suspended");
            case "resume" -> each(router -> routers.resume(router, reason), "resumed");
            case "drain" -> change(arguments, backend -> backend.drain(reason), "gets no new connections");
            case "enable" -> change(arguments, backend -> backend.enable(reason), "gets new connections again");
            case "operate" -> operate(arguments, who);
            default -> throw Refusal.badInput("The agent does not know the command '" + verb + "'");
        };
        LOG.info(
                "{} by {}: {}{}",
                verb,
                who,
                Printable.line(done.strip().replace("\n", "; ")),
                why.map(text -> "; reason: " + text).orElse(""));
        out.print("ok\n" + Printable.lines(done));
    }

    private String operate(List<String> arguments, String who) throws Refusal {
        List<String> words = new ArrayList<>();
        for (String word : arguments) {
            words.add(Words.decode(word));
        }
        return operations.carryOut(words, who) + "\n";
    }

    private String handOver(List<String> arguments, String reason) throws Refusal {
        List<RouterSnapshot> held = routers.snapshots().stream()
                .filter(router -> router.state() == State.MASTER)
                .toList();
        if (held.isEmpty()) {
            throw Refusal.failed("This node holds no virtual address, so it has nothing to hand over" + elsewhere());
        }
        StringBuilder done = new StringBuilder();
        for (RouterSnapshot router : held) {
            String name = router.name();
            // A program that measures the move counts from here: its own start may take longer than that.
            Instant ordered = Instant.now();
            await(
                    arguments.isEmpty()
                            ? routers.handOver(name, reason)
                            : routers.handOverTo(name, arguments.get(0), reason));
            String holder =
                    routers.snapshot(name).flatMap(RouterSnapshot::holder).orElse("another node");
            done.append("handed ")
                    .append(name)
                    .append(" over to ")
                    .append(holder)
                    .append(", ordered at ")
                    .append(ordered)
                    .append('\n');
        }
        return done.toString();
    }

    private String elsewhere() {
        String holders = routers.snapshots().stream()
                .flatMap(router -> router.holder().stream().map(holder -> router.name() + " is held by " + holder))
                .collect(Collectors.joining(", "));
        return holders.isEmpty() ? "" : "; " + holders + ": run the command there";
    }

    private String each(Function<String, CompletableFuture<Void>> operation, String participle) throws Refusal {
        StringBuilder done = new StringBuilder();
        for (RouterSnapshot router : routers.snapshots()) {
            await(operation.apply(router.name()));
            done.append(participle).append(' ').append(router.name()).append('\n');
        }
        return done.toString();
    }

    private static void await(CompletableFuture<Void> outcome) throws Refusal {
        try {
            OperatorFuture.await(outcome);
        } catch (OperationRefusedException e) {
            throw e.isBadInput() ? Refusal.badInput(e.getMessage()) : Refusal.failed(e.getMessage());
        }
    }

    private String change(List<String> arguments, Consumer<BackendView> action, String effect) throws Refusal {
        if (arguments.size() != 1) {
            throw Refusal.badInput("Name one backend");
        }
        String wanted = arguments.get(0);
        List<BackendView> matches = backends().stream()
                .filter(backend -> wanted.equals(backend.name()) || wanted.equals(path(backend)))
                .toList();
        if (matches.isEmpty()) {
            String known = backends().stream().map(ControlCommands::path).collect(Collectors.joining(", "));
            throw Refusal.badInput("There is no backend '" + wanted + "' on this node"
                    + (known.isEmpty() ? ", which serves no frontend" : "; there are: " + known));
        }
        matches.forEach(action);
        return matches.stream()
                .map(backend -> path(backend) + " " + effect + "\n")
                .collect(Collectors.joining());
    }

    private List<BackendView> backends() {
        return plane.frontends().stream()
                .<BackendView>flatMap(frontend -> frontend.backends().stream())
                .toList();
    }

    private static String path(BackendView backend) {
        return backend.frontend() + "/" + backend.name();
    }
}
