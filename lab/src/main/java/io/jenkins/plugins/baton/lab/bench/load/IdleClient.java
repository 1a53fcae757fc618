package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.LabException;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.Map;

/** Connections through a balancer that say nothing, until they are closed. */
final class IdleClient {
    private final Process process;

    private IdleClient(Process process) {
        this.process = process;
    }

    /** Returns when all are open. */
    static IdleClient open(Candidate to, int count) {
        try {
            Process process = to.client()
                    .builder(
                            Program.command(
                                    IdleConnections.class,
                                    to.address(),
                                    Integer.toString(to.webPort()),
                                    Integer.toString(count)),
                            Map.of())
                    .redirectErrorStream(true)
                    .start();
            BufferedReader output = process.inputReader();
            String line = output.readLine();
            if (!"open".equals(line)) {
                process.destroyForcibly();
                throw new LabException("cannot open " + count + " connections to " + to.name() + ": " + line);
            }
            return new IdleClient(process);
        } catch (IOException e) {
            throw new LabException("cannot start a client on " + to.client() + ": " + e.getMessage(), e);
        }
    }

    void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
