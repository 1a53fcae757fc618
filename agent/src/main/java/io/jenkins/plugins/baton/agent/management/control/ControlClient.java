package io.jenkins.plugins.baton.agent.management.control;

import io.jenkins.plugins.baton.agent.management.ManagementException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The other end of the {@link ControlSocket}: asks one question and copies the answer to a stream. */
public final class ControlClient {
    private static final int COPY_BYTES = 8192;
    private static final int MAX_NAME = 100;

    private ControlClient() {}

    /** The agent said no. */
    public static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1;
        private final int exitCode;

        RefusedException(int exitCode, String message) {
            super(message);
            this.exitCode = exitCode;
        }

        /** What the command should end with. */
        public int exitCode() {
            return exitCode;
        }
    }

    /**
     * @param question verb and words, separated by spaces; where none of them says on whose behalf, the environment does
     * @param out gets what the agent says, as it comes; returns when the agent has said everything
     * @throws IOException when the agent ends, or its answer is not understood
     */
    public static void ask(RunningAgent agent, String question, OutputStream out)
            throws RunningAgent.NotRunning, ManagementException, RefusedException, IOException {
        try (SocketChannel channel = agent.connect()) {
            channel.write(ByteBuffer.wrap((named(question, System.getenv()) + "\n").getBytes(StandardCharsets.UTF_8)));
            InputStream in = new BufferedInputStream(Channels.newInputStream(channel), COPY_BYTES);
            String[] verdict = firstLine(in).split(" ", 3);
            if (verdict.length == 3 && verdict[0].equals("error")) {
                throw new RefusedException(Integer.parseInt(verdict[1]), verdict[2]);
            }
            if (!verdict[0].equals("ok")) {
                throw new IOException("the agent's answer is not understood; is it of the same version?");
            }
            copy(in, out);
        }
    }

    /** Who is behind the user that asks, who is often root: as sudo(8) says, else where the ssh(1) session comes from. */
    static String operator(Map<String, String> environment) {
        String who = environment.getOrDefault("SUDO_USER", "");
        if (who.isEmpty()) {
            String from = environment.getOrDefault("SSH_CONNECTION", "").split(" ")[0];
            who = from.isEmpty() ? "" : "ssh-from-" + from;
        }
        return onBehalfOf(who);
    }

    private static String named(String question, Map<String, String> environment) {
        return question.contains(" " + Words.FOR) ? question : question + operator(environment);
    }

    /** The word that names the operator behind the user; empty for an empty name. */
    public static String onBehalfOf(String operator) {
        String word = operator.replaceAll("[^A-Za-z0-9._:@\\\\-]", "?");
        return word.isEmpty() ? "" : " " + Words.FOR + word.substring(0, Math.min(word.length(), MAX_NAME));
    }

    private static String firstLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("the agent closed the connection without an answer");
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** In pieces as they come: who watches wants to see a change when it happens. */
    private static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[COPY_BYTES];
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            try {
                out.write(piece, 0, count);
                out.flush();
            } catch (IOException e) {
                if ("Broken pipe".equals(e.getMessage())) {
                    return; // the reader has seen enough, as in `status --watch | head -1`
                }
                throw new IOException("Cannot write to standard output: " + e.getMessage(), e);
            }
        }
    }
}
