package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.ssh.SshException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * What one node's agent says, through restarts of the agent and losses of the connection. It has a thread of its own, which
 * does nothing but wait for the agent: whoever reads gets the last sample at once.
 */
final class NodeFeed implements AutoCloseable {
    private static final Duration RETRY_INTERVAL = Duration.ofSeconds(1);
    /** An agent tells twice a second. */
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(3);

    private final String name;
    private final AgentLink link;
    private final BiConsumer<NodeFeed, Sample> samples;
    private final BiConsumer<String, String> progress;
    private final Thread thread;
    private final CountDownLatch outcome = new CountDownLatch(1);
    private volatile Sample last;
    private volatile String failure;
    private volatile boolean closed;

    /**
     * @param samples told of every sample, on a thread of the connection
     * @param progress told when the node begins to answer, and why it does not: its name and a sentence
     */
    NodeFeed(String name, AgentLink link, BiConsumer<NodeFeed, Sample> samples, BiConsumer<String, String> progress) {
        this.name = name;
        this.link = link;
        this.samples = samples;
        this.progress = progress;
        this.failure = name + ": not connected yet";
        this.thread = DaemonThread.of("feed-" + name, this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        String told = "";
        while (!closed) {
            try {
                link.watch(this::line);
            } catch (SshException e) {
                failure = e.getMessage();
            } catch (RuntimeException e) {
                failure = name + ": " + e;
            }
            outcome.countDown();
            if (!closed && !failure.equals(told)) {
                progress.accept(name, withoutName(failure));
                told = failure;
            }
            try {
                Thread.sleep(RETRY_INTERVAL.toMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private String withoutName(String sentence) {
        String begin = name + ": ";
        return sentence.startsWith(begin) ? sentence.substring(begin.length()) : sentence;
    }

    private void line(String line) {
        Sample sample;
        try {
            sample = Sample.parse(line, System.nanoTime());
        } catch (IllegalArgumentException e) {
            return; // a complaint of the program, which ends with it
        }
        boolean news = !failure.isEmpty();
        last = sample;
        failure = "";
        if (news) {
            progress.accept(name, "its agent, baton-agent " + sample.status().version() + ", is heard");
        }
        samples.accept(this, sample);
        outcome.countDown();
    }

    String name() {
        return name;
    }

    /** Whether it answered, or why not is known, within a time. */
    boolean awaitOutcome(long nanos) throws InterruptedException {
        return outcome.await(nanos, TimeUnit.NANOSECONDS);
    }

    /** What the agent said last. */
    Optional<Sample> last() {
        return Optional.ofNullable(last);
    }

    long ageNanos(Sample sample) {
        return System.nanoTime() - sample.at();
    }

    /** Whether the agent is heard now. */
    boolean isConnected() {
        return problem().isEmpty();
    }

    /** Why the agent is not heard; empty when it is. */
    String problem() {
        String why = failure;
        Sample sample = last;
        if (!why.isEmpty() || sample == null) {
            return why;
        }
        long silent = ageNanos(sample);
        return silent < SILENCE_LIMIT.toNanos()
                ? ""
                : name + ": its agent, or its host, has said nothing for " + TimeUnit.NANOSECONDS.toSeconds(silent)
                        + " s; it is frozen, or the network is cut";
    }

    /** @see AgentLink#operate */
    String operate(List<String> words) {
        String problem = problem();
        if (!problem.isEmpty()) {
            throw new IllegalStateException(problem);
        }
        return link.operate(words);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
