package io.jenkins.plugins.baton.agent.health;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Succeeds when the TCP handshake does. */
final class TcpProber implements Prober {
    private final InetSocketAddress target;

    TcpProber(InetSocketAddress target) {
        this.target = target;
    }

    @Override
    public Attempt ask(CheckLoop loop, Consumer<Outcome> done) {
        Question question = new Question(done);
        try {
            question.connection = CheckConnection.open(loop, target, question);
        } catch (IOException e) {
            done.accept(FailureReason.outcome(e));
        }
        return question;
    }

    private static final class Question implements Attempt, CheckConnection.Listener {
        private final Consumer<Outcome> done;
        /** Null where there was no socket. */
        private CheckConnection connection;

        Question(Consumer<Outcome> done) {
            this.done = done;
        }

        @Override
        public String stage() {
            return "while connecting";
        }

        @Override
        public boolean isServersTurn() {
            return true;
        }

        @Override
        public void connected() {
            end(Outcome.passed("connected"));
        }

        @Override
        public void received(ByteBuffer octets) {}

        @Override
        public void failed(IOException cause) {
            end(FailureReason.outcome(cause));
        }

        private void end(Outcome outcome) {
            abandon();
            done.accept(outcome);
        }

        @Override
        public void abandon() {
            if (connection != null) {
                connection.close();
            }
        }
    }
}
