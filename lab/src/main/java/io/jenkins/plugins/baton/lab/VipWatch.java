package io.jenkins.plugins.baton.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Watches by the kernel's own events on which hosts an address is, and since when. Times are {@link System#nanoTime}.
 * Safe for use by several threads.
 */
public final class VipWatch implements AutoCloseable {
    private static final Pattern EVENT = Pattern.compile("(Deleted )?\\d+: eth0 +inet6? ([0-9a-f.:]+)/.*");

    private final String address;
    private final List<Process> monitors = new ArrayList<>();
    private final List<Tenure> tenures = new ArrayList<>();

    /**
     * A time during which the address was on a host.
     *
     * @param until {@link Long#MAX_VALUE} while it lasts
     */
    public record Tenure(Host host, long since, long until) {
        /** Whether it is on the host now. */
        public boolean lasts() {
            return until == Long.MAX_VALUE;
        }
    }

    private VipWatch(String address) {
        this.address = address;
    }

    /** Begins to watch; returns when all hosts are watched. */
    public static VipWatch start(String address, List<Host> hosts) {
        VipWatch watch = new VipWatch(address);
        for (Host host : hosts) {
            watch.monitor(host);
        }
        return watch;
    }

    /** The hosts that have the address now: none, one, or more than there should be. */
    public synchronized List<Host> holders() {
        return tenures.stream().filter(Tenure::lasts).map(Tenure::host).toList();
    }

    /** The one host that has the address now. */
    public Optional<Host> holder() {
        List<Host> holders = holders();
        return holders.size() == 1 ? Optional.of(holders.get(0)) : Optional.empty();
    }

    /** Every time a host had the address, in the order in which they began. */
    public synchronized List<Tenure> history() {
        return List.copyOf(tenures);
    }

    /** Tenures that began after the given time. */
    public List<Tenure> since(long nanoTime) {
        return history().stream().filter(t -> t.since() - nanoTime > 0).toList();
    }

    @Override
    public void close() {
        for (Process shell : monitors) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly();
        }
    }

    private void monitor(Host host) {
        // The shell prints what is there only once the monitor listens, so that no change falls between the two.
        String script = "ip -o monitor address & sleep 0.1; ip -o address show dev eth0; echo watching; wait";
        try {
            Process process = host.builder(List.of("sh", "-c", script), Map.of())
                    .redirectErrorStream(true)
                    .start();
            monitors.add(process);
            BufferedReader lines = process.inputReader();
            for (String line = lines.readLine(); !"watching".equals(line); line = lines.readLine()) {
                if (line == null) {
                    throw new LabException("cannot watch the addresses of " + host);
                }
                note(host, line);
            }
            Thread reader = new Thread(() -> follow(host, lines), "watch-" + host);
            reader.setDaemon(true);
            reader.start();
        } catch (IOException e) {
            throw new LabException("cannot watch the addresses of " + host + ": " + e.getMessage(), e);
        }
    }

    private void follow(Host host, BufferedReader lines) {
        try (lines) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                note(host, line);
            }
        } catch (IOException e) {
            // The monitor was ended.
        }
    }

    private synchronized void note(Host host, String line) {
        Matcher event = EVENT.matcher(line);
        if (!event.matches() || !event.group(2).equals(address)) {
            return;
        }
        long now = System.nanoTime();
        int open = openTenureOf(host);
        boolean gone = event.group(1) != null;
        if (gone && open >= 0) {
            tenures.set(open, new Tenure(host, tenures.get(open).since(), now));
        } else if (!gone && open < 0) {
            tenures.add(new Tenure(host, now, Long.MAX_VALUE));
        }
    }

    private int openTenureOf(Host host) {
        for (int i = 0; i < tenures.size(); i++) {
            if (tenures.get(i).host() == host && tenures.get(i).lasts()) {
                return i;
            }
        }
        return -1;
    }
}
