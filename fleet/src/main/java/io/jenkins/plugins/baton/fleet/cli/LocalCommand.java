package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.fleet.DaemonThread;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command of the operator's, on this machine. */
final class LocalCommand {
    private static final long END_TIMEOUT_SECONDS = 10;

    private LocalCommand() {}

    /**
     * Runs it to its end, with this program's terminal. An interrupt of the calling thread ends it: by SIGTERM, and when that
     * does not help by SIGKILL.
     *
     * @param node which the command is told of
     * @param aside whether its output goes to standard error, since another is expected on standard output
     * @return its exit status
     * @throws IOException when it cannot be started
     */
    static int run(List<String> command, Node node, boolean aside) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
        if (aside) {
            builder.redirectOutput(ProcessBuilder.Redirect.PIPE);
        }
        builder.environment().put("BATON_NODE", node.name());
        builder.environment().put("BATON_NODE_ADDRESS", node.address().getHostAddress());
        Process process = builder.start();
        Thread copier = DaemonThread.start("command-output", () -> copy(process));
        try {
            int status = process.waitFor();
            copier.join(
                    TimeUnit.SECONDS.toMillis(END_TIMEOUT_SECONDS)); // a child that it left may hold its output open
            return status;
        } catch (InterruptedException e) {
            end(process);
            throw e;
        }
    }

    /** Nothing where the command writes to the terminal itself. */
    private static void copy(Process process) {
        try (InputStream output = process.getInputStream()) {
            output.transferTo(System.err);
        } catch (IOException e) {
            System.err.println("baton: the rest of the command's output is lost: " + e.getMessage());
        }
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(END_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
        }
    }
}
