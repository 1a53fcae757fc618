package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A network of hosts on one switch, all of them network namespaces whose names begin with this process's id. Several
 * labs can stand side by side. Closing it, also by the end of this JVM for whatever reason short of SIGKILL, ends every
 * process in it and removes every trace; what a killed JVM left behind is removed when the next lab is opened.
 *
 * <p>Not safe for use by several threads, but {@link #close} may come from any.
 */
public final class Lab implements AutoCloseable {
    static final String PREFIX = "baton-lab-";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String name = PREFIX + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
    private final Path directory;
    private final Switch lan;
    private final Map<String, Host> hosts = new LinkedHashMap<>();
    private final List<Daemon> daemons = new CopyOnWriteArrayList<>();
    private final Thread cleaner = new Thread(this::clear, name + "-cleaner");
    private Certificates certificates;
    private boolean closed;

    private Lab() {
        try {
            directory = Files.createDirectory(Path.of(System.getProperty("java.io.tmpdir"), name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(cleaner);
        lan = new Switch(name + "-lan");
    }

    /**
     * Opens an empty lab.
     *
     * @throws LabException when this machine cannot have one; the message says what is missing
     */
    public static Lab open() {
        Requirements.check();
        StaleLabs.sweep();
        return new Lab();
    }

    /** Opens a lab with the hosts m1 .. m{@code nodes} and a client. */
    public static Lab withNodes(int nodes) {
        Lab lab = open();
        for (int i = 1; i <= nodes; i++) {
            lab.addHost("m" + i, AddressPlan.node(i));
        }
        lab.addHost("client", AddressPlan.CLIENT);
        return lab;
    }

    /**
     * Adds a host with the address 10.86.13.{@code number} on its interface eth0, see {@link AddressPlan}.
     *
     * @param hostName at most 12 letters and digits
     */
    public synchronized Host addHost(String hostName, int number) {
        if (closed) {
            throw new LabException("the lab is closed");
        }
        Host host = new Host(this, hostName, number);
        hosts.put(hostName, host);
        return host;
    }

    public Host host(String hostName) {
        Host host = hosts.get(hostName);
        if (host == null) {
            throw new LabException("no host " + hostName + " in this lab, only " + hosts.keySet());
        }
        return host;
    }

    public Host client() {
        return host("client");
    }

    /** All hosts but the client, in the order in which they were added. */
    public List<Host> nodes() {
        return hosts.values().stream().filter(h -> !h.name().equals("client")).toList();
    }

    public Switch lan() {
        return lan;
    }

    /** Every daemon ever started here, for their logs. */
    public List<Daemon> daemons() {
        return List.copyOf(daemons);
    }

    /** The authority that signs the certificates of this lab's backends. */
    public synchronized Certificates certificates() {
        if (certificates == null) {
            certificates = new Certificates(directory);
        }
        return certificates;
    }

    /** A folder that is removed with the lab. */
    public Path directory() {
        return directory;
    }

    String name() {
        return name;
    }

    synchronized Daemon start(String daemonName, ProcessBuilder builder) {
        if (closed) {
            throw new LabException("the lab is closed");
        }
        Path log = directory.resolve(daemonName + "-" + daemons.size() + ".log");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Daemon daemon = new Daemon(daemonName, process, log);
            daemons.add(daemon);
            return daemon;
        } catch (IOException e) {
            throw new LabException("cannot start " + daemonName + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(cleaner);
        } catch (IllegalStateException e) {
            // The JVM is going down, and the hook does, or did, the same.
        }
        clear();
    }

    private synchronized void clear() {
        if (closed) {
            return;
        }
        closed = true;
        daemons.forEach(Daemon::close);
        StaleLabs.remove(name);
        delete(directory);
    }

    static void delete(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
