package io.jenkins.plugins.baton.fleet.deploy.preflight;

import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import io.jenkins.plugins.baton.fleet.deploy.release.Release;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Judges the facts of all nodes; says everything at once. Pure. */
public final class Preflight {
    /** Enough for three releases with their runtime. */
    private static final long FREE_KILOBYTES = 400_000;

    /** Beyond this, log lines of several nodes cannot be put in order by a person. */
    private static final double CLOCK_MILLIS = 1000;

    /** CAP_NET_BIND_SERVICE, CAP_NET_ADMIN, CAP_NET_RAW, CAP_IPC_LOCK, CAP_SYS_NICE (linux/capability.h). */
    private static final Map<Integer, String> CAPABILITIES = Map.of(
            10, "CAP_NET_BIND_SERVICE", 12, "CAP_NET_ADMIN", 13, "CAP_NET_RAW", 14, "CAP_IPC_LOCK", 23, "CAP_SYS_NICE");

    private final Cluster cluster;
    private final Release release;
    private final boolean replaceKeepalived;

    public Preflight(Cluster cluster, Release release, boolean replaceKeepalived) {
        this.cluster = cluster;
        this.release = release;
        this.replaceKeepalived = replaceKeepalived;
    }

    /** @param facts by node name; all nodes */
    public List<NodeProblem> problems(Map<String, Facts> facts) {
        List<NodeProblem> problems = new ArrayList<>();
        facts.forEach((name, found) -> {
            host(name, found, problems);
            ports(name, found, problems);
            oldPair(name, found, problems);
            found.all("interrupted").forEach(text -> problems.add(NodeProblem.warning(name, text)));
        });
        strangers(facts, problems);
        clocks(facts, problems);
        return problems;
    }

    private void host(String name, Facts facts, List<NodeProblem> problems) {
        if (!facts.one("architecture").equals(release.architecture())) {
            problems.add(NodeProblem.error(
                    name,
                    "is a " + facts.one("architecture") + " host and this release is for "
                            + release.architecture()
                            + "; build Baton on a host like that one (make build) and give its "
                            + "agent/target/baton-agent-VERSION-linux-" + facts.one("architecture")
                            + ".tar.gz: --release FILE, in Jenkins release: 'FILE'"));
        }
        release.requirements().missing(facts).forEach(text -> problems.add(NodeProblem.error(name, text)));
        if (facts.one("systemd").isEmpty()) {
            problems.add(NodeProblem.error(name, "systemd does not run there, and the agent is a systemd service"));
        }
        for (String tool : facts.all("missingTool")) {
            problems.add(NodeProblem.error(name, "has no " + tool + "; install the package that brings it"));
        }
        nftables(name, facts, problems);
        long bounding = Long.parseUnsignedLong(facts.one("boundingCapabilities"), 16);
        String missing = CAPABILITIES.entrySet().stream()
                .filter(capability -> (bounding & (1L << capability.getKey())) == 0)
                .map(Map.Entry::getValue)
                .sorted()
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            problems.add(NodeProblem.error(
                    name,
                    "services there cannot have " + missing + "; is it a container? Start it with these capabilities"));
        }
        long free = Long.parseLong(facts.one("freeKilobytes"));
        if (free < FREE_KILOBYTES && !facts.has("release", release.id())) {
            problems.add(NodeProblem.error(
                    name,
                    "has " + free / 1024 + " MB free where /opt/baton is, and " + FREE_KILOBYTES / 1024
                            + " MB are needed; make room"));
        }
        for (String place : facts.all("noexec")) {
            problems.add(NodeProblem.error(
                    name,
                    place + " is mounted noexec, and the agent's runtime lies there; mount "
                            + "/opt/baton from another file system"));
        }
        interfaces(name, facts, problems);
    }

    /** The kernel plane takes the library, this preflight the program. */
    private static void nftables(String name, Facts facts, List<NodeProblem> problems) {
        boolean program = facts.has("nftables", "yes");
        String proxy = ", so that every frontend takes the proxy plane; ";
        if (!facts.has("libnftables", "yes")) {
            problems.add(NodeProblem.warning(
                    name, "there is no libnftables" + proxy + "install libnftables1 (Debian) or nftables (Red Hat)"));
        } else if (program && !facts.has("language", "yes")) {
            problems.add(NodeProblem.warning(
                    name,
                    "its nftables " + facts.one("nftablesVersion") + " does not know the language "
                            + "of the kernel plane's rules (keys with integers, maps from a hash to a verdict), though its kernel "
                            + "may" + proxy + "install a later libnftables (1.0.6 of Debian 12 knows it)"));
        } else if (program && !facts.has("directReturn", "yes")) {
            problems.add(NodeProblem.warning(
                    name,
                    "its kernel lacks nftables modules (dup, hash, nat)" + proxy
                            + "install the distribution's full kernel"));
        }
        if (!program) {
            problems.add(NodeProblem.warning(
                    name,
                    "the program nft cannot be used, so that nobody listens there for a stranger "
                            + "with the same VRID; install the package nftables"));
        }
    }

    private void interfaces(String name, Facts facts, List<NodeProblem> problems) {
        Node node = cluster.node(name).orElseThrow();
        if (!facts.hasAddress(node.address())) {
            problems.add(NodeProblem.error(
                    name,
                    "has no address " + IpLiteral.text(node.address())
                            + "; correct `nodes` in the cluster file, or the host's addresses"));
        }
        for (VirtualRouter router : cluster.virtualRouters()) {
            String link = router.interfaceOn(node);
            if (facts.has("linkState", link + " down")) {
                problems.add(NodeProblem.error(name, "its interface " + link + " is down; bring it up"));
            } else if (facts.all("linkState").stream().noneMatch(state -> state.startsWith(link + " "))) {
                problems.add(NodeProblem.error(
                        name,
                        "has no interface " + link + " for " + router.name()
                                + "; name the right one on the node in the cluster file"));
            }
        }
    }

    private void ports(String name, Facts facts, List<NodeProblem> problems) {
        for (String listener : facts.all("listener")) {
            String[] words = listener.split(" ", 2);
            boolean ours = facts.one("agent").equals("active");
            boolean replaced = replaceKeepalived && words[1].startsWith("haproxy");
            if (!ours && !replaced) {
                problems.add(NodeProblem.error(
                        name,
                        "port " + words[0] + " is taken by " + words[1]
                                + "; stop it, or name another port in the cluster file"
                                + (words[1].startsWith("haproxy")
                                        ? ", or migrate with --replace-keepalived, in Jenkins replaceKeepalived: true"
                                        : "")));
            }
        }
    }

    private void oldPair(String name, Facts facts, List<NodeProblem> problems) {
        if (!replaceKeepalived && facts.has("running", "keepalived")) {
            problems.add(NodeProblem.error(
                    name,
                    "keepalived runs there, and two that move virtual addresses fight; "
                            + "migrate with --replace-keepalived, in Jenkins replaceKeepalived: true, or stop it"));
        }
    }

    private void strangers(Map<String, Facts> facts, List<NodeProblem> problems) {
        Set<String> hardware = facts.values().stream()
                .flatMap(f -> f.all("hardwareAddress").stream())
                .collect(Collectors.toSet());
        Set<String> said = new TreeSet<>();
        for (Facts found : facts.values()) {
            for (String answer : found.all("answers")) {
                String[] words = answer.split(" ");
                if (!hardware.contains(words[1])) {
                    said.add("the virtual address " + words[0] + " is in use by a host with the MAC " + words[1]
                            + " that is not a node of this file; find it (`ip neigh`), or choose another address");
                }
            }
            for (String advertiser : found.all("advertises")) {
                String[] words = advertiser.split(" ");
                IpLiteral.parse(words[0])
                        .filter(source -> isStranger(source, words[1]))
                        .ifPresent(source -> said.add("the VRID " + words[1] + " is in use by " + words[0]
                                + ", which is not a node of this file; choose another virtualRouterId"));
            }
        }
        said.forEach(text -> problems.add(NodeProblem.error("", text)));
    }

    /** A VRID is known per family (RFC 9568 section 3); over IPv6 adverts by multicast come from the link-local address. */
    private boolean isStranger(InetAddress source, String virtualRouterId) {
        boolean sameId = cluster.virtualRouters().stream()
                .anyMatch(router -> router.isIpv6() == source instanceof Inet6Address
                        && virtualRouterId.equals(String.valueOf(router.virtualRouterId())));
        return sameId
                && cluster.nodes().stream()
                        .noneMatch(node -> node.address().equals(source)
                                || node.linkLocal().filter(source::equals).isPresent());
    }

    private static void clocks(Map<String, Facts> facts, List<NodeProblem> problems) {
        facts.forEach((name, found) -> {
            double beyond = Math.abs(found.clockOffsetMillis()) - found.clockErrorMillis();
            if (beyond > CLOCK_MILLIS) {
                problems.add(NodeProblem.warning(
                        name,
                        String.format(
                                Locale.ROOT,
                                "its clock differs from the one here by %.1f s; is NTP running?",
                                found.clockOffsetMillis() / 1000)));
            }
        });
    }
}
