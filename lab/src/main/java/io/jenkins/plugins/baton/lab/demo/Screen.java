package io.jenkins.plugins.baton.lab.demo;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where the demo writes: on a terminal with a line that lives while something happens, elsewhere plain lines only.
 * ASCII, so that it looks the same everywhere.
 */
final class Screen {
    private static final long REFRESH_MILLIS = 100;
    private static final int WIDTH = 100;

    private final boolean live = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    private final boolean colours = live && System.getenv("NO_COLOR") == null;

    void line(String text) {
        System.out.println(text);
        System.out.flush();
    }

    void title(String text) {
        line(styled("1", text));
    }

    void done(String text) {
        line("  " + styled("32", "ok") + "  " + text);
    }

    /** Done, and the client suffered. */
    void hurt(String text) {
        line("  " + styled("33", "!!") + "  " + text);
    }

    /**
     * Does something that takes a while, and shows what is going on.
     *
     * @param what in words; where nothing can live this is all that is shown
     * @param progress what is known at the moment
     */
    <T> T during(String what, Supplier<String> progress, Supplier<T> work) {
        if (!live) {
            line("  ..  " + what);
            return work.get();
        }
        Thread painter = new Thread(() -> paint(what, progress), "screen");
        painter.setDaemon(true);
        painter.start();
        try {
            return work.get();
        } finally {
            painter.interrupt();
            join(painter);
        }
    }

    private void paint(String what, Supplier<String> progress) {
        long begin = System.nanoTime();
        try {
            while (true) {
                String text = "  ..  %s  %.1f s  %s".formatted(what, (System.nanoTime() - begin) / 1e9, progress.get());
                System.out.print("\r\u001b[K" + text.substring(0, Math.min(text.length(), WIDTH)));
                System.out.flush();
                Thread.sleep(REFRESH_MILLIS);
            }
        } catch (InterruptedException e) {
            System.out.print("\r\u001b[K");
            System.out.flush();
        }
    }

    private static void join(Thread painter) {
        try {
            painter.join(Duration.ofSeconds(1).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String styled(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
