package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host: a network namespace with one interface, eth0, on the lab's switch. */
public final class Host {
    public static final String INTERFACE = "eth0";
    private static final Pattern ADDRESS = Pattern.compile("inet6? ([0-9a-f.:]+)");

    private final Lab lab;
    private final String name;
    private final int number;
    private final String namespace;
    private final Path directory;

    Host(Lab lab, String name, int number) {
        this.lab = lab;
        this.name = name;
        this.number = number;
        this.namespace = lab.name() + "-" + name;
        try {
            this.directory = Files.createDirectory(lab.directory().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.run("ip", "netns", "add", namespace).orThrow();
        addInterface();
        // A client's many short connections need many ports.
        run("sysctl", "-qw", "net.ipv4.ip_local_port_range=10000 65000").orThrow();
    }

    /** Somebody types `ip link del eth0`, or the driver is unloaded. */
    public void removeInterface() {
        Ip.batch(namespace, List.of("link del dev " + INTERFACE));
    }

    /** There is an interface of that name again: with another index, another Ethernet address, the host's own parameters. */
    public void addInterface() {
        lab.lan().connect(name, namespace);
        // Fixed link-local addresses, usable at once.
        run(
                        "sysctl",
                        "-qw",
                        "net.ipv6.conf.eth0.addr_gen_mode=1",
                        "net.ipv6.conf.eth0.accept_dad=0",
                        "net.ipv6.conf.all.accept_dad=0")
                .orThrow();
        Ip.batch(
                namespace,
                List.of(
                        "link set dev lo up",
                        "link set dev eth0 up",
                        "addr add " + ipv4() + "/24 dev eth0",
                        "addr add " + ipv6() + "/64 dev eth0 nodad",
                        "addr add " + linkLocal() + "/64 dev eth0 nodad"));
    }

    public String name() {
        return name;
    }

    public String ipv4() {
        return AddressPlan.ipv4(number);
    }

    public String ipv6() {
        return AddressPlan.ipv6(number);
    }

    public String linkLocal() {
        return AddressPlan.linkLocal(number);
    }

    /** A folder of this host that is removed with the lab. */
    public Path directory() {
        return directory;
    }

    /** The authority that signs the certificate of a backend on this host. */
    public Certificates certificates() {
        return lab.certificates();
    }

    /** The name of its network namespace, as `ip netns` knows it. */
    public String namespace() {
        return namespace;
    }

    /** Writes a file into this host's folder. */
    public Path write(String fileName, String text) {
        try {
            return Files.writeString(directory.resolve(fileName), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a program on this host to its end. */
    public Command.Result run(String... command) {
        return Command.run(inside(List.of(command)), "");
    }

    /** Starts a program on this host; it ends with the lab at the latest. */
    public Daemon start(String program, List<String> command, Map<String, String> environment) {
        return lab.start(name + "-" + program, builder(command, environment));
    }

    /** For a program whose output this JVM reads itself; who starts it ends it. */
    public ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(inside(command));
        builder.environment().putAll(environment);
        return builder;
    }

    /** Whether the address is on eth0 now. */
    public boolean holds(String address) {
        Matcher addresses =
                ADDRESS.matcher(Command.run("ip", "-n", namespace, "-o", "address", "show", "dev", INTERFACE)
                        .orThrow()
                        .output());
        return addresses.results().anyMatch(a -> a.group(1).equals(address));
    }

    /** Somebody types `ip link set eth0 down` on the host. */
    public void interfaceDown() {
        Ip.batch(namespace, List.of("link set dev eth0 down"));
    }

    /** IPv6 addresses went with the interface, so they are given again. */
    public void interfaceUp() {
        Ip.batch(
                namespace,
                List.of(
                        "link set dev eth0 up",
                        "addr replace " + ipv6() + "/64 dev eth0 nodad",
                        "addr replace " + linkLocal() + "/64 dev eth0 nodad"));
    }

    @Override
    public String toString() {
        return name;
    }

    private List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>(List.of("ip", "netns", "exec", namespace));
        whole.addAll(command);
        return whole;
    }
}
