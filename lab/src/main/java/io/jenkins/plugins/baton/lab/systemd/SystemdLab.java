package io.jenkins.plugins.baton.lab.systemd;

import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Certificates;
import io.jenkins.plugins.baton.lab.LabProgram;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Three nodes {@code m1}, {@code m2}, {@code m3} and an operator's place on one LAN. The folder has what an operator
 * would have: {@code cluster.yaml}, the same over IPv6 alone as {@code cluster-ipv6.yaml}, the SSH key {@code id}, {@code
 * known_hosts} and {@code ca.pem}.
 *
 * <p>Nothing of it is in this JVM: {@link #open} finds a lab that another JVM started, {@link #close} removes it.
 */
public final class SystemdLab implements AutoCloseable {
    public static final String VIRTUAL_ADDRESS = AddressPlan.VIP;
    public static final int FRONTEND_PORT = AddressPlan.FRONTEND_PORT;
    /** Where clients find what stands behind the virtual address. */
    static final String FRONTEND = VIRTUAL_ADDRESS + ":" + FRONTEND_PORT;

    private static final String OPERATOR = "op";
    private static final Duration BOOT = Duration.ofMinutes(5);

    private final String name;
    private final Path folder;
    private final Lan lan;
    /** As {@link AddressPlan} has them, by name of the host. */
    private final Map<String, Integer> numbers = new LinkedHashMap<>();

    private final Map<String, DebianHost> hosts = new LinkedHashMap<>();

    private SystemdLab(String name, Path folder) {
        this.name = name;
        this.folder = folder.toAbsolutePath();
        this.lan = new Lan(name);
        for (int i = 1; i <= 3; i++) {
            String host = "m" + i;
            numbers.put(host, AddressPlan.node(i));
            hosts.put(
                    host,
                    new DebianHost(
                            host,
                            lan.namespace(host),
                            this.folder.resolve("hosts").resolve(host)));
        }
    }

    /**
     * Starts a lab and waits until all hosts answer SSH and etcd has a quorum; removes what a killed run left.
     *
     * @param name begins the names of all it makes outside the folder: network namespaces and cgroups; 8 letters at most
     * @param folder made when it is not there; emptied when the lab is closed
     */
    public static SystemdLab start(String name, Path folder) throws IOException {
        return start(name, folder, line -> {});
    }

    /** @param progress hears what takes long, a line for a person each */
    public static SystemdLab start(String name, Path folder, Consumer<String> progress) throws IOException {
        SystemdLab lab = new SystemdLab(name, folder);
        return lab.started(
                List.of(Suite.BOOKWORM, Suite.BOOKWORM, Suite.BOOKWORM), new Etcd(lab.addresses()), progress);
    }

    /**
     * The same with another release of Debian on each host, and behind the virtual address servers that know nothing of
     * each other: the releases' etcds make no quorum.
     *
     * @param suites of m1, m2 and m3
     */
    public static SystemdLab start(String name, Path folder, List<Suite> suites) throws IOException {
        return new SystemdLab(name, folder).started(suites, new OpensslServer(), line -> {});
    }

    private SystemdLab started(List<Suite> suites, Apiserver apiserver, Consumer<String> progress) throws IOException {
        close();
        try {
            create(suites, apiserver, progress);
            return this;
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A lab that was started before, by this or another JVM. */
    public static SystemdLab open(String name, Path folder) {
        return new SystemdLab(name, folder);
    }

    /** Whether its hosts were started, and not removed since; a restart of this machine ends them. */
    public boolean isUp() {
        return Files.exists(clusterFile()) && Files.exists(Path.of("/run/netns", lan.namespace(OPERATOR)));
    }

    private void create(List<Suite> suites, Apiserver apiserver, Consumer<String> progress) throws IOException {
        Files.createDirectories(folder);
        Certificates certificates = new Certificates(folder);
        Tool.run(
                "ssh-keygen",
                "-q",
                "-t",
                "ed25519",
                "-N",
                "",
                "-C",
                "lab",
                "-f",
                identity().toString());
        lan.create();
        lan.plug(OPERATOR, AddressPlan.CLIENT);
        Iterator<Suite> suite = suites.iterator();
        StringBuilder knownHosts = new StringBuilder();
        for (Map.Entry<String, DebianHost> entry : hosts.entrySet()) {
            String name = entry.getKey();
            String ipv6 = AddressPlan.ipv6(numbers.get(name));
            DebianHost host = entry.getValue();
            lan.plug(name, numbers.get(name));
            host.install(DebianTree.get(suite.next(), progress));
            Path secrets = Files.createDirectories(host.root().resolve("etc/lab"));
            certificates.server(
                    secrets, name, List.of("127.0.0.1", address(name), VIRTUAL_ADDRESS, ipv6, AddressPlan.VIP6));
            apiserver.install(host.root(), name);
            authorize(host.root());
            String key = Files.readString(host.root().resolve("etc/ssh/ssh_host_ed25519_key.pub"));
            knownHosts
                    .append(address(name))
                    .append(',')
                    .append(ipv6)
                    .append(' ')
                    .append(key);
        }
        Files.writeString(knownHosts(), knownHosts.toString());
        Files.writeString(clusterFile(), clusterText());
        Files.writeString(ipv6ClusterFile(), ipv6ClusterText());
        for (DebianHost host : hosts.values()) {
            host.boot();
        }
        awaitReady();
    }

    private void authorize(Path root) throws IOException {
        for (String home : Stream.concat(
                        Stream.of("root"), DebianTree.LOGINS.stream().map("home/"::concat))
                .toList()) {
            Path ssh = root.resolve(home).resolve(".ssh");
            Files.createDirectories(ssh);
            Files.copy(Path.of(identity() + ".pub"), ssh.resolve("authorized_keys"));
            Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
            Path login = Path.of("/" + home).getFileName();
            Tool.run("chroot", root.toString(), "chown", "-R", login + ":", "/" + home + "/.ssh");
        }
    }

    /** The cluster file of this lab, as an operator would write it. */
    private String clusterText() {
        return clusterText(number -> "address: " + AddressPlan.ipv4(number), VIRTUAL_ADDRESS + "/32", FRONTEND);
    }

    private String ipv6ClusterText() {
        return clusterText(
                number -> "address: \"%s\", linkLocal: \"%s\""
                        .formatted(AddressPlan.ipv6(number), AddressPlan.linkLocal(number)),
                AddressPlan.VIP6 + "/128",
                "[" + AddressPlan.VIP6 + "]:" + FRONTEND_PORT);
    }

    private String clusterText(IntFunction<String> whereNodeIs, String virtualAddress, String frontend) {
        StringBuilder nodes = new StringBuilder();
        int priority = 110;
        for (Map.Entry<String, Integer> node : numbers.entrySet()) {
            nodes.append("  - {name: %s, %s, priority: %d}%n"
                    .formatted(node.getKey(), whereNodeIs.apply(node.getValue()), priority));
            priority -= 10;
        }
        return """
                cluster: lab
                ssh: {user: root, identity: %s, knownHosts: %s}
                nodes:
                %svirtualRouters:
                  - {name: kube-master, virtualRouterId: 51, interface: eth0, addresses: ["%s"]}
                frontends:
                  - name: kube-apiserver
                    bind: "%s"
                    check: {type: https, path: /health, interval: 500ms, fastInterval: 150ms, fall: 3, rise: 2}
                    backends: {port: %d}
                """.formatted(identity(), knownHosts(), nodes, virtualAddress, frontend, Apiserver.PORT);
    }

    private void awaitReady() throws IOException {
        long deadline = System.nanoTime() + BOOT.toNanos();
        for (String name : hosts.keySet()) {
            // Its own /health is true only while the quorum is.
            String url = URI.create("https://" + address(name) + ":" + Apiserver.PORT + "/health")
                    .toString();
            while (true) {
                try {
                    ssh(name, "true");
                    fromOperator(
                            "curl",
                            "-sf",
                            "--max-time",
                            "10",
                            "--cacert",
                            authority().toString(),
                            url);
                    break;
                } catch (IllegalStateException e) {
                    if (System.nanoTime() > deadline) {
                        throw new IllegalStateException(
                                name + " did not come up; its console:\n"
                                        + Files.readString(hosts.get(name).console()),
                                e);
                    }
                    pause();
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the hosts boot", e);
        }
    }

    public List<String> names() {
        return new ArrayList<>(hosts.keySet());
    }

    public String address(String name) {
        return AddressPlan.ipv4(numbers.get(name));
    }

    private Map<String, String> addresses() {
        Map<String, String> addresses = new LinkedHashMap<>();
        numbers.forEach((name, number) -> addresses.put(name, AddressPlan.ipv4(number)));
        return addresses;
    }

    public Path clusterFile() {
        return folder.resolve("cluster.yaml");
    }

    /** The same nodes by their IPv6 addresses, with a virtual address of IPv6. */
    public Path ipv6ClusterFile() {
        return folder.resolve("cluster-ipv6.yaml");
    }

    public Path identity() {
        return folder.resolve("id");
    }

    public Path knownHosts() {
        return folder.resolve("known_hosts");
    }

    /** The authority that signed the certificates of what stands behind the virtual address. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    /** The host's file system as seen from outside. */
    public Path root(String name) {
        return hosts.get(name).root();
    }

    /** The words that begin a command which is to run at the operator's place on the LAN. */
    public List<String> operatorPrefix() {
        return List.of("ip", "netns", "exec", lan.namespace(OPERATOR));
    }

    /** A program that is to run at the operator's place on the LAN. */
    public ProcessBuilder atOperator(List<String> command) {
        List<String> words = new ArrayList<>(operatorPrefix());
        words.addAll(command);
        return new ProcessBuilder(words);
    }

    /**
     * Starts to put keys into etcd through the virtual address, from the operator's place, in a JVM of its own. The end of
     * that process' input ends it; the last line of its output is the tally.
     */
    public Process startWriter() throws IOException {
        return atOperator(LabProgram.command(List.of(), LabCommand.class, "write", name, folder.toString()))
                .redirectErrorStream(true)
                .start();
    }

    /** Runs a program at the operator's place; throws with its output when it fails. */
    public String fromOperator(String... command) {
        List<String> words = new ArrayList<>(operatorPrefix());
        words.addAll(List.of(command));
        return Tool.run(words.toArray(String[]::new));
    }

    /** Runs a shell command as root on a host, by OpenSSH: not by the code under test. */
    public String ssh(String name, String command) {
        return fromOperator(
                "ssh",
                "-n",
                "-i",
                identity().toString(),
                "-o",
                "UserKnownHostsFile=" + knownHosts(),
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=20",
                "-o",
                "LogLevel=ERROR",
                "root@" + address(name),
                command);
    }

    /** Pulls a host's plug. */
    public void powerOff(String name) throws IOException {
        hosts.get(name).kill();
    }

    public void powerOn(String name) throws IOException {
        hosts.get(name).boot();
    }

    /** Removes hosts, namespaces and files. */
    @Override
    public void close() throws IOException {
        for (DebianHost host : hosts.values()) {
            host.kill();
        }
        List<String> namespaces = new ArrayList<>(hosts.keySet());
        namespaces.add(OPERATOR);
        lan.remove(namespaces);
        for (DebianHost host : hosts.values()) {
            host.remove();
        }
        Tool.attempt("rm", "-rf", "--one-file-system", folder.toString());
    }
}
