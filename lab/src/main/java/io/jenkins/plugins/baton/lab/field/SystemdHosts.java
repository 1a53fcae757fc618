package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.Testbed;
import io.jenkins.plugins.baton.lab.probe.Client;
import io.jenkins.plugins.baton.lab.systemd.Operator;
import io.jenkins.plugins.baton.lab.systemd.Releases;
import io.jenkins.plugins.baton.lab.systemd.Suite;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import io.jenkins.plugins.baton.lab.systemd.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Three hosts with systemd, bare when it begins, and the operator's program beside them. */
final class SystemdHosts implements Testbed {
    static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    /** With the file that it is a link to: ldconfig would make the link again. */
    static final String LIBRARY =
            "/usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu/libnftables.so.1*";

    private static final Duration QUIET_TIME = Duration.ofSeconds(1);
    private static final Duration CONNECT_INTERVAL = Duration.ofMillis(10);
    private static final Duration CLIENT_LIMIT = Duration.ofMinutes(10);
    private static final int MAX_LINES = 10;
    private static final Path FOLDER = Path.of("/var/tmp/baton-field");

    private final SystemdLab lab;
    private final Operator operator;
    private final Releases releases;
    private final Map<String, Trace> bare = new LinkedHashMap<>();

    private SystemdHosts(SystemdLab lab, Programs programs) {
        this.lab = lab;
        this.operator = new Operator(lab, programs.baton());
        this.releases = new Releases(
                programs.baton(),
                programs.agent().distribution(),
                lab.clusterFile().resolveSibling("releases"));
        lab.names().forEach(node -> bare.put(node, Trace.of(lab, node)));
    }

    /** Debian 12, with one etcd quorum behind the virtual address. */
    static SystemdHosts alike(Programs programs) {
        try {
            return new SystemdHosts(SystemdLab.start("alike", FOLDER), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** m1 is Debian 11, m2 Debian 12 and m3 Debian 13, with logins that somebody set up to their own taste. */
    static SystemdHosts unlike(Programs programs) {
        List<Suite> suites = List.of(Suite.BULLSEYE, Suite.BOOKWORM, Suite.TRIXIE);
        try {
            return new SystemdHosts(SystemdLab.start("unlike", FOLDER, suites), programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SystemdLab lab() {
        return lab;
    }

    Releases releases() {
        return releases;
    }

    List<String> names() {
        return lab.names();
    }

    /** Runs a shell command as root on a host; throws when it fails. */
    String ssh(String node, String command) {
        return lab.ssh(node, command);
    }

    Operator.Result baton(String command, String... arguments) {
        return operator.baton(command, arguments);
    }

    Operator.Result baton(Path file, String command, String... arguments) {
        return operator.baton(file, command, arguments);
    }

    /** The lab's cluster file, changed. */
    Path file(UnaryOperator<String> change) {
        try {
            String text = Files.readString(lab.clusterFile());
            String changed = change.apply(text);
            if (changed.equals(text)) {
                throw new LabException("the cluster file has not what was to be changed: " + text);
            }
            return Files.writeString(lab.clusterFile().resolveSibling("changed.yaml"), changed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All nodes run this release with the lab's cluster file when this returns. */
    void deploy() {
        must(baton("deploy"));
    }

    /** All nodes are bare when this returns. */
    void undeploy() {
        must(baton("undeploy"));
    }

    static void must(Operator.Result result) {
        if (result.code() != 0) {
            throw new LabException("it ended with " + result.code() + ": " + result.text());
        }
    }

    /** At the operator's place; it is served when this returns. */
    Client client(int port) {
        Client client =
                Client.start(lab::atOperator, SystemdLab.VIRTUAL_ADDRESS, port, CONNECT_INTERVAL, 0, CLIENT_LIMIT);
        try {
            calm(client);
            return client;
        } catch (LabException e) {
            client.close();
            throw e;
        }
    }

    Client client() {
        return client(SystemdLab.FRONTEND_PORT);
    }

    static void calm(Client client) {
        client.awaitQuiet(QUIET_TIME, AWAIT_TIMEOUT);
    }

    /** Waits until a shell command succeeds on a host. */
    void until(String node, String command) {
        Await.until(
                node + ": " + command,
                AWAIT_TIMEOUT,
                () -> ssh(node, command + " > /dev/null 2>&1 && echo yes; true").contains("yes"));
    }

    /** What is found while a host does not have some files of one folder. */
    CaseResult without(String node, String files, Supplier<CaseResult> experiment) {
        String folder = files.substring(0, files.lastIndexOf('/'));
        ssh(node, "mkdir /root/away && mv " + files + " /root/away && ldconfig");
        try {
            return experiment.get();
        } finally {
            ssh(node, "mv /root/away/* " + folder + " && rmdir /root/away && ldconfig");
        }
    }

    /** A finding of what a command said; trouble when it ended otherwise or does not say all of that. */
    static CaseResult says(Operator.Result result, int code, String... patterns) {
        Optional<String> first = Optional.empty();
        for (String pattern : patterns) {
            Matcher found = Pattern.compile(".*" + pattern + ".*").matcher(result.text());
            if (!found.find()) {
                return CaseResult.saying("").but("it does not say \"" + pattern + "\" but: " + result.text());
            }
            first = first.or(() -> Optional.of(found.group().strip()));
        }
        CaseResult finding = CaseResult.saying(first.orElse(""));
        return result.code() == code
                ? finding
                : finding.but("it ended with " + result.code() + ", not " + code + ": " + result.text());
    }

    /** The same finding where these hosts are as they were before anything was deployed. */
    CaseResult ifBare(CaseResult finding, List<String> nodes) {
        return finding.orTroubleOf(
                nodes.stream().map(node -> ifAsBefore(node, bare.get(node))).toArray(CaseResult[]::new));
    }

    /** Trouble where a host differs from what it was. */
    CaseResult ifAsBefore(String node, Trace before) {
        List<String> changes = before.changesTo(Trace.of(lab, node));
        return changes.isEmpty()
                ? CaseResult.saying("")
                : CaseResult.saying("")
                        .but("%s is not as it was in %d lines, such as %s"
                                .formatted(
                                        node, changes.size(), changes.subList(0, Math.min(MAX_LINES, changes.size()))));
    }

    CaseResult ifBare(CaseResult finding) {
        return ifBare(finding, names());
    }

    @Override
    public String logs() {
        StringBuilder text = new StringBuilder();
        for (String node : names()) {
            text.append("--- ").append(node).append('\n');
            text.append(ssh(
                    node,
                    "journalctl --no-pager --lines 60 --unit baton-agent --unit keepalived --unit haproxy; true"));
        }
        return text.toString();
    }

    @Override
    public void close() {
        try {
            lab.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
