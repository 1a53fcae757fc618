package io.jenkins.plugins.baton.agent.health;

import io.jenkins.plugins.baton.cluster.Endpoint;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs a program without a shell; exit status 0 is a success. It gets a minimal environment, an empty standard input,
 * and on a timeout it is killed with all its children. What it writes first becomes part of the result.
 */
final class ScriptProber implements Prober {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG", "C");

    /**
     * Gives the program a process group of its own (setsid(1), in every distribution): `kill 0`, with which many a script
     * cleans up, would end the agent too.
     */
    private static final Path SETSID = Path.of("/usr/bin/setsid");

    private final List<String> command;
    private final Endpoint backend;
    private final Executor workers;

    /** @param backend told to the program as BATON_ADDRESS and BATON_PORT; null when there is none */
    ScriptProber(List<String> command, Endpoint backend, Executor workers) {
        this.command = command;
        this.backend = backend;
        this.workers = workers;
    }

    @Override
    public Attempt ask(CheckLoop loop, Consumer<Outcome> done) {
        Run run = new Run(loop, done);
        try {
            workers.execute(run::begin);
        } catch (RejectedExecutionException e) {
            loop.events().execute(() -> run.report(Outcome.notAsked("too many checks at once")));
        }
        return run;
    }

    private ProcessBuilder builder() {
        List<String> words = new ArrayList<>(command);
        if (Files.isExecutable(SETSID)) {
            words.add(0, SETSID.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(new File("/"))
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(ENVIRONMENT);
        if (backend != null) {
            environment.put("BATON_ADDRESS", backend.address().getHostAddress());
            environment.put("BATON_PORT", Integer.toString(backend.port()));
        }
        return builder;
    }

    /** One run of the program. A worker starts it and reads what it writes; the loop hears of its end. */
    private final class Run implements Attempt {
        private final CheckLoop loop;
        private final Consumer<Outcome> done;
        private boolean over; // belongs to the loop
        private boolean abandoned; // guarded by this
        private volatile Process process; // written under the lock of this

        Run(CheckLoop loop, Consumer<Outcome> done) {
            this.loop = loop;
            this.done = done;
        }

        @Override
        public String stage() {
            return "while running " + command.get(0);
        }

        @Override
        public boolean isServersTurn() {
            return process != null;
        }

        @Override
        public void abandon() {
            over = true;
            try {
                workers.execute(this::kill);
            } catch (RejectedExecutionException e) {
                kill();
            }
        }

        void begin() {
            Process started = start();
            if (started == null) {
                return;
            }
            ScriptOutput output = new ScriptOutput();
            try {
                output.drain(started);
            } catch (InterruptedException e) {
                kill();
            }
            if (!isAbandoned()) {
                Outcome outcome = judge(started.exitValue(), output.firstLine());
                loop.events().execute(() -> report(outcome));
            }
        }

        private synchronized boolean isAbandoned() {
            return abandoned;
        }

        private synchronized Process start() {
            if (abandoned) {
                return null;
            }
            try {
                process = builder().start();
                return process;
            } catch (IOException | OutOfMemoryError e) { // the last one: no thread to wait for its end
                Outcome outcome = FailureReason.outcome(e);
                loop.events().execute(() -> report(outcome));
                return null;
            }
        }

        private synchronized void kill() {
            abandoned = true;
            if (process != null) {
                // Children first seen, then killed: once their parent is gone they cannot be found any more.
                List<ProcessHandle> children = descendants();
                process.destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
            }
        }

        /** None when /proc cannot be read for want of descriptors. */
        private List<ProcessHandle> descendants() {
            try {
                return process.descendants().toList();
            } catch (RuntimeException e) {
                return List.of();
            }
        }

        void report(Outcome outcome) {
            if (!over) {
                over = true;
                done.accept(outcome);
            }
        }
    }

    private static Outcome judge(int exitStatus, String said) {
        String reason = "exit status " + exitStatus + (said.isEmpty() ? "" : ": " + said);
        if (exitStatus == 0) {
            return Outcome.passed(reason);
        }
        // A shell that could not start the next program says so, and nothing of what the script is to check.
        boolean couldNotFork = said.contains("fork") && FailureReason.isOwnShortage(said);
        return couldNotFork ? Outcome.notAsked(reason) : Outcome.failed(reason);
    }
}
