package io.jenkins.plugins.baton.fleet.cli;

import io.jenkins.plugins.baton.fleet.DaemonThread;
import io.jenkins.plugins.baton.fleet.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Progress on a terminal: the last line is the present step, with the time it has taken so far, until the next one comes;
 * then it stays with the time it took. Closed before a result is printed.
 */
final class LiveLine implements Progress, AutoCloseable {
    private static final long TICK_MILLIS = 200;
    /** Shorter steps need no time. */
    private static final double WORTH_SAYING_SECONDS = 1;

    private static final String CLEAR = "\r\u001b[K";

    private final PrintWriter terminal;
    private final int width;
    /** Guarded by this, as the terminal is; empty: there is no step. */
    private String step = "";

    private long since;

    /** @param width columns; a step that is longer is cut while it lasts, since a wrapped line cannot be cleared */
    LiveLine(PrintWriter terminal, int width) {
        this.terminal = terminal;
        this.width = width;
        DaemonThread.start("live-line", this::tick);
    }

    @Override
    public synchronized void say(String node, String line) {
        close();
        step = Progress.text(node, line);
        since = System.nanoTime();
        draw();
    }

    private void draw() {
        String time = time();
        int room = Math.max(1, width - 1 - time.length());
        terminal.print(CLEAR + (step.length() > room ? step.substring(0, room - 1) + "…" : step) + time);
        terminal.flush();
    }

    private String time() {
        double seconds = (System.nanoTime() - since) / 1e9;
        return seconds < WORTH_SAYING_SECONDS ? "" : String.format(Locale.ROOT, "  %.0f s", seconds);
    }

    private void tick() {
        try {
            while (true) {
                Thread.sleep(TICK_MILLIS);
                redraw();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void redraw() {
        if (!step.isEmpty()) {
            draw();
        }
    }

    /** Leaves the present step where it is; the cursor is on the next line. */
    @Override
    public synchronized void close() {
        if (!step.isEmpty()) {
            terminal.println(CLEAR + step + time());
            terminal.flush();
            step = "";
        }
    }
}
