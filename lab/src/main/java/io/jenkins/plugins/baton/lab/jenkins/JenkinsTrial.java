package io.jenkins.plugins.baton.lab.jenkins;

import io.jenkins.plugins.baton.lab.Command;
import io.jenkins.plugins.baton.lab.LabClasspath;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.File;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Jenkins at the operator's place of a lab, in its network, and as an ordinary user. A browser outside reaches it through
 * a {@link Relay} on this machine's loopback, and by a password.
 *
 * <p>Nothing of it is in this JVM. Its directory has all of it: {@code home}, {@code log}, {@code guide}, the relay's
 * socket in {@code door}, and {@code hosts-started} where the lab's hosts were started for it.
 */
final class JenkinsTrial {
    private static final int FIRST_PORT = 8080;
    private static final int LAST_PORT = 8099;
    /** Jenkins unpacks itself and 50 plugins; a machine may be four times overloaded. */
    private static final Duration START_TIMEOUT = Duration.ofMinutes(15);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final int LAST_LINES = 20;

    private final Path folder;
    private final SystemdLab lab;
    private final JenkinsProcesses processes;

    /** @param folder absolute */
    JenkinsTrial(Path folder, SystemdLab lab) {
        this.folder = folder;
        this.lab = lab;
        this.processes = new JenkinsProcesses(folder);
    }

    /** Starts what the lab's hosts are. */
    interface Hosts {
        void start() throws IOException;
    }

    /** Starts it, or says where it is when it runs. */
    void up(JenkinsHome.Parts parts, Hosts hosts) throws IOException, InterruptedException {
        if (Files.exists(guide()) && processes.areRunning()) {
            System.out.print(Files.readString(guide()));
            return;
        }
        down();
        try {
            create(parts, hosts);
        } catch (IOException | RuntimeException | InterruptedException e) {
            String why = lastLines();
            down();
            throw new LabException(e.getMessage() + why, e);
        }
        System.out.print(Files.readString(guide()));
    }

    private void create(JenkinsHome.Parts parts, Hosts hosts) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        if (!lab.isUp()) {
            System.out.println("Three Debian hosts boot ...");
            Files.createFile(hostsStarted());
            hosts.start();
        }
        int port = freePort();
        String address = "http://127.0.0.1:" + port + "/";
        System.out.println("Jenkins starts ...");
        JenkinsHome home = new JenkinsHome(folder.resolve("home"), lab);
        String password = home.create(parts, address);
        Path door = Files.createDirectory(folder.resolve("door"));
        Account account = Account.ordinary();
        account.own(home.path(), door);
        List<Process> started = start(home, account, door.resolve("socket"), port);
        await(address, started);
        Files.writeString(guide(), """
                Jenkins is at %s, for this machine only. User: %s, password: %s.
                Its jobs deploy, drill and maintain m1, m2 and m3 of the cluster `%s`; run `deploy` first.
                Its log is %s. `make jenkins-down` removes all of it%s.
                """.formatted(
                        address,
                        JenkinsHome.USER,
                        password,
                        JenkinsHome.CLUSTER,
                        log(),
                        Files.exists(hostsStarted()) ? ", the hosts too" : "; the hosts of `make lab` stay"));
    }

    private List<Process> start(JenkinsHome home, Account account, Path socket, int port) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<Process> started = new ArrayList<>();
        List<String> inside = new ArrayList<>(lab.operatorPrefix());
        started.add(processes.start(account, inside, home.command(java, port), log()));
        started.add(processes.start(account, inside, relay(java, "inside", socket, port), log()));
        started.add(processes.start(account, List.of(), relay(java, "outside", socket, port), log()));
        return started;
    }

    /** The classes are in a copy: that user may not be able to read this checkout. */
    private List<String> relay(String java, String side, Path socket, int port) throws IOException {
        Path classes = folder.resolve("classes");
        if (!Files.exists(classes)) {
            Files.createDirectory(classes);
            for (String origin : LabClasspath.path().split(File.pathSeparator)) {
                Command.run("cp", "-R", origin + "/.", classes.toString()).orThrow();
            }
        }
        return List.of(
                java,
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes.toString(),
                Relay.class.getName(),
                side,
                socket.toString(),
                String.valueOf(port));
    }

    private void await(String address, List<Process> started) throws InterruptedException {
        long deadline = System.nanoTime() + START_TIMEOUT.toNanos();
        while (!answers(address)) {
            if (started.stream().anyMatch(process -> !process.isAlive())) {
                throw new LabException("Jenkins did not start; the end of its log:");
            }
            if (System.nanoTime() > deadline) {
                throw new LabException(
                        "Jenkins did not answer within " + START_TIMEOUT.toMinutes() + " minutes; the end of its log:");
            }
            Thread.sleep(POLL_INTERVAL.toMillis());
        }
    }

    /** 503 while it starts. */
    private static boolean answers(String address) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(address + "login").toURL().openConnection();
            connection.setConnectTimeout(2_000);
            connection.setReadTimeout(20_000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() {
        return IntStream.rangeClosed(FIRST_PORT, LAST_PORT)
                .filter(JenkinsTrial::isFree)
                .findFirst()
                .orElseThrow(() -> new LabException(
                        "the ports " + FIRST_PORT + " to " + LAST_PORT + " of the loopback are all in use"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return free.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private String lastLines() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        try (Stream<String> lines = Files.lines(log())) {
            List<String> all = lines.toList();
            return "\n" + String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        }
    }

    /** Ends its processes and removes its directory, and the hosts where they were started for it. */
    void down() throws IOException, InterruptedException {
        processes.end();
        if (Files.exists(hostsStarted())) {
            lab.close();
        }
        Command.run("rm", "-rf", "--one-file-system", folder.toString()).orThrow();
    }

    private Path log() {
        return folder.resolve("log");
    }

    private Path guide() {
        return folder.resolve("guide");
    }

    private Path hostsStarted() {
        return folder.resolve("hosts-started");
    }
}
