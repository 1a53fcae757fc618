package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.StatusRange;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.format.DurationType;
import io.jenkins.plugins.baton.cluster.file.format.Entry;
import io.jenkins.plugins.baton.cluster.file.format.Items;
import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.ListOf;
import io.jenkins.plugins.baton.cluster.file.format.OneOf;
import io.jenkins.plugins.baton.cluster.file.format.Structure;
import io.jenkins.plugins.baton.cluster.file.format.Type;
import io.jenkins.plugins.baton.cluster.file.format.Types;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Every key of a cluster file with its type, range and default. Reading, the messages, the JSON Schema and the
 * reference in {@code docs/cluster-file.md} all come from here; the relations between keys are in the {@code …Rules},
 * the defaults that depend on other keys in {@link DerivedDefaults}.
 */
final class ClusterFormat {
    private ClusterFormat() {}

    /** {@code ssh} */
    static final class SshKeys {
        static final Key<String> USER = Key.withDefault("user", FieldTypes.USER, "root", "Login name.");
        static final Key<Integer> PORT = Key.withDefault("port", FieldTypes.PORT, "22", "Port of sshd on every node.");
        static final Key<Path> IDENTITY =
                Key.optional("identity", FieldTypes.FILE, "Private key file, where the command runs.");
        static final Key<Path> KNOWN_HOSTS = Key.optional(
                "knownHosts",
                FieldTypes.FILE,
                "OpenSSH known_hosts file, where the command runs. Default: the user's own.");
        static final Key<String> JUMP = Key.optional("jump", FieldTypes.JUMP, "Host to jump through.");
        static final Key<Items<String>> FINGERPRINTS = Key.optional(
                "fingerprints",
                new ListOf<>(FieldTypes.FINGERPRINT, 0, 256),
                "Accepted host keys of the nodes, in addition to those in known_hosts.");

        static final Structure ALL = Structure.of("ssh", USER, PORT, IDENTITY, KNOWN_HOSTS, JUMP, FINGERPRINTS);

        private SshKeys() {}
    }

    /** {@code nodes[]} */
    static final class NodeKeys {
        static final Key<String> NAME = Key.required("name", FieldTypes.NAME, "The node's name.");
        static final Key<InetAddress> ADDRESS = Key.required(
                "address", FieldTypes.NODE_ADDRESS, "The node's own address: for IPv4 adverts, backends and SSH.");
        static final Key<Integer> PRIORITY = Key.derived(
                "priority",
                FieldTypes.PRIORITY,
                "100, 90, 80, … in the order of the nodes (100, 99, 98, … for more than ten), if no node gives one",
                "The able node with the highest priority becomes MASTER.");
        static final Key<String> INTERFACE = Key.derived(
                "interface",
                FieldTypes.INTERFACE,
                "the virtual router's",
                "Network interface, where this node's differs.");
        static final Key<Inet6Address> LINK_LOCAL = Key.optional(
                "linkLocal",
                FieldTypes.LINK_LOCAL,
                "Source address of this node's IPv6 multicast adverts; needed with IPv6 virtual routers only.");

        static final Structure ALL = Structure.of("a node", NAME, ADDRESS, PRIORITY, INTERFACE, LINK_LOCAL);

        private NodeKeys() {}
    }

    /** {@code virtualRouters[].authentication} */
    static final class AuthenticationKeys {
        static final Key<String> TYPE =
                Key.withDefault("type", Types.word("pass"), "pass", "PASS is the only type that VRRP still defines.");
        static final Key<String> PASSWORD = Key.required(
                "password",
                FieldTypes.PASSWORD,
                "Protects against mistakes, not against attackers: it is sent in clear text.");

        static final Structure ALL = Structure.of("authentication", TYPE, PASSWORD);

        private AuthenticationKeys() {}
    }

    /** {@code virtualRouters[].interfaces[]} */
    static final class RouterInterfaceKeys {
        static final Key<String> NODE = Key.required("node", FieldTypes.NAME, "The node's name.");
        static final Key<String> INTERFACE =
                Key.required("interface", FieldTypes.INTERFACE, "This virtual router's network interface there.");

        static final Structure ALL = Structure.of("a node's interface", NODE, INTERFACE);

        private RouterInterfaceKeys() {}
    }

    /** {@code virtualRouters[]} */
    static final class RouterKeys {
        static final Key<String> NAME = Key.derived(
                "name", FieldTypes.NAME, "vrrp-VRID, for IPv6 vrrp-VRID-ipv6", "The virtual router's name.");
        static final Key<Integer> VIRTUAL_ROUTER_ID = Key.required(
                "virtualRouterId",
                Types.whole(1, 255),
                "VRID, the same on all nodes and on no other cluster of the network.");
        static final Key<String> INTERFACE =
                Key.required("interface", FieldTypes.INTERFACE, "Network interface that holds the addresses.");
        static final Key<Items<Entry>> INTERFACES = Key.optional(
                "interfaces",
                new ListOf<>(RouterInterfaceKeys.ALL, 0, 64),
                "Network interfaces of this virtual router on nodes where it differs, before the node's own.");
        static final Key<Items<Cidr>> ADDRESSES = Key.required(
                "addresses",
                new ListOf<>(FieldTypes.CIDR, 1, 255),
                "The virtual addresses, all of one family. The agent adds each to the interface as /32 or /128.");
        static final Key<Integer> VERSION = Key.withDefault(
                "version", Types.whole(2, 3), "3", "VRRP version: 3 (RFC 9568) or 2 (RFC 3768, IPv4 only).");
        static final Key<Duration> ADVERTISEMENT_INTERVAL = Key.derived(
                "advertisementInterval",
                DurationType.between("10ms", "255s"),
                "100ms; with version 2 1s",
                "Time between two adverts. Version 3: up to 40950ms in steps of 10ms; version 2: whole seconds.");
        static final Key<Boolean> PREEMPT = Key.withDefault(
                "preempt", Types.flag(), "true", "Whether a node of higher priority takes over from a working MASTER.");
        static final Key<Duration> PREEMPT_DELAY = Key.withDefault(
                "preemptDelay",
                DurationType.between("1ms", "1h").orZero("at once"),
                "0s",
                "How long a node waits after its start before it preempts.");
        static final Key<Entry> AUTHENTICATION = Key.optional(
                "authentication",
                AuthenticationKeys.ALL,
                "Password in the adverts, with version 2 for old peers only.");
        static final Key<Boolean> UNICAST = Key.withDefault(
                "unicast",
                Types.flag(),
                "false",
                "Whether adverts go to each node's address instead of the multicast group.");
        static final Key<VirtualRouter.Checksum> CHECKSUM = Key.withDefault(
                "checksum",
                Types.choice(VirtualRouter.Checksum.class),
                "pseudo-header",
                "Which version 3 IPv4 checksum is sent; both are accepted. Keepalived sends pseudo-header.");
        static final Key<Duration> ANNOUNCE_INTERVAL = Key.withDefault(
                "announceInterval",
                DurationType.between("1s", "24h").orZero("never"),
                "60s",
                "How often a MASTER repeats its gratuitous ARP or neighbour advertisement.");
        static final Key<Items<String>> TRACK = Key.optional(
                "track",
                new ListOf<>(FieldTypes.NAME, 0, 64),
                "Names of checks; a failing one lowers the priority by its weight or, without weight, means FAULT.");

        static final Structure ALL = Structure.of(
                "a virtual router",
                NAME,
                VIRTUAL_ROUTER_ID,
                INTERFACE,
                INTERFACES,
                ADDRESSES,
                VERSION,
                ADVERTISEMENT_INTERVAL,
                PREEMPT,
                PREEMPT_DELAY,
                AUTHENTICATION,
                UNICAST,
                CHECKSUM,
                ANNOUNCE_INTERVAL,
                TRACK);

        private RouterKeys() {}
    }

    /** What checks of frontends and named checks have in common. */
    static final class CheckKeys {
        static final Key<String> TYPE =
                Key.withDefault("type", Types.word("tcp", "http", "https", "script"), "tcp", "Kind of check.");
        static final Key<String> HOST = Key.optional(
                        "host", FieldTypes.HOST, "Host header and, with https, TLS server name. Default: the address.")
                .onlyWith(TYPE, "http", "https");
        static final Key<List<StatusRange>> EXPECT = Key.withDefault(
                        "expect", FieldTypes.STATUSES, "200-399", "Statuses that are a success; several as a list.")
                .onlyWith(TYPE, "http", "https");
        static final Key<Path> CA = Key.optional(
                        "ca",
                        FieldTypes.ABSOLUTE_FILE,
                        "PEM file of the authorities that sign the server's certificate.")
                .onlyWith(TYPE, "https");
        static final Key<Boolean> INSECURE = Key.derived(
                        "insecure",
                        Types.flag(),
                        "true without ca, false with it",
                        "Whether to accept any certificate of the server.")
                .onlyWith(TYPE, "https");
        static final Key<Path> CERTIFICATE = Key.optional(
                        "certificate", FieldTypes.ABSOLUTE_FILE, "PEM file of the client's certificate; needs key.")
                .onlyWith(TYPE, "https");
        static final Key<Path> KEY = Key.optional(
                        "key", FieldTypes.ABSOLUTE_FILE, "PEM file of the client's unencrypted key; needs certificate.")
                .onlyWith(TYPE, "https");
        static final Key<Items<String>> COMMAND = Key.required(
                        "command",
                        new ListOf<>(Types.text("a path or an argument", "[^\\x00]+"), 1, 64),
                        "Absolute path of a program and its arguments; no shell. Exit status 0 is a success.")
                .onlyWith(TYPE, "script");
        static final Key<Duration> INTERVAL = Key.withDefault(
                "interval",
                DurationType.between("100ms", "1h"),
                "2s",
                "Between two checks while the health is stable.");
        static final Key<Duration> FAST_INTERVAL = Key.derived(
                "fastInterval",
                DurationType.between("10ms", "1h"),
                "500ms, or interval if that is shorter",
                "Between two checks while results contradict the health; at most interval.");
        static final Key<Duration> TIMEOUT = Key.derived(
                "timeout",
                DurationType.between("10ms", "1h"),
                "2s, or interval if that is shorter",
                "How long one check may take; at most interval.");
        static final Key<Integer> FALL =
                Key.withDefault("fall", Types.whole(1, 100), "2", "Failures in a row until it is down.");
        static final Key<Integer> RISE =
                Key.withDefault("rise", Types.whole(1, 100), "2", "Successes in a row until it is up.");

        private CheckKeys() {}
    }

    /** {@code frontends[].check} */
    static final class FrontendCheckKeys {
        static final Key<String> PATH = Key.withDefault(
                        "path", FieldTypes.URL_PATH, "/", "Path of the request, with its query.")
                .onlyWith(CheckKeys.TYPE, "http", "https");

        static final Structure ALL = Structure.of(
                "a frontend's check",
                CheckKeys.TYPE,
                PATH,
                CheckKeys.HOST,
                CheckKeys.EXPECT,
                CheckKeys.CA,
                CheckKeys.INSECURE,
                CheckKeys.CERTIFICATE,
                CheckKeys.KEY,
                CheckKeys.COMMAND,
                CheckKeys.INTERVAL,
                CheckKeys.FAST_INTERVAL,
                CheckKeys.TIMEOUT,
                CheckKeys.FALL,
                CheckKeys.RISE);

        /** The mapping, or empty for the word {@code none}. */
        static final Type<Optional<Entry>> ALL_OR_NONE = OneOf.scalarOrMapping(
                Types.text("the word none, or a mapping", "none").map(none -> Optional.empty()), ALL.map(Optional::of));

        private FrontendCheckKeys() {}
    }

    /** {@code checks[]} */
    static final class NamedCheckKeys {
        static final Key<String> NAME = Key.required("name", FieldTypes.NAME, "The check's name, for track and JMX.");
        static final Key<Endpoint> ADDRESS = Key.required("address", FieldTypes.ENDPOINT, "Where to connect.")
                .onlyWith(CheckKeys.TYPE, "tcp");
        static final Key<CheckUrl> URL =
                Key.required("url", FieldTypes.URL, "What to get.").onlyWith(CheckKeys.TYPE, "http", "https");
        static final Key<Integer> WEIGHT = Key.optional(
                "weight",
                Types.whole(-253, 253),
                "Not 0. A negative one is added to the priority while the check fails, a positive one while it"
                        + " succeeds. Default: none, and a failing check means FAULT.");

        static final Structure ALL = Structure.of(
                "a check",
                NAME,
                CheckKeys.TYPE,
                ADDRESS,
                URL,
                CheckKeys.HOST,
                CheckKeys.EXPECT,
                CheckKeys.CA,
                CheckKeys.INSECURE,
                CheckKeys.CERTIFICATE,
                CheckKeys.KEY,
                CheckKeys.COMMAND,
                CheckKeys.INTERVAL,
                CheckKeys.FAST_INTERVAL,
                CheckKeys.TIMEOUT,
                CheckKeys.FALL,
                CheckKeys.RISE,
                WEIGHT);

        private NamedCheckKeys() {}
    }

    /** {@code frontends[].backends}, as one mapping for all nodes or as a list. */
    static final class BackendKeys {
        static final Key<Integer> PORT = Key.withDefault("port", FieldTypes.PORT, "6443", "Port of the server.");
        static final Key<Integer> WEIGHT =
                Key.withDefault("weight", Types.whole(0, 256), "1", "Share of new connections; 0 gets none.");
        static final Key<Integer> MAX_CONNECTIONS = Key.withDefault(
                "maxConnections",
                Types.whole(0, 1_000_000),
                "0",
                "Maximum number of concurrent connections; 0 is no limit.");
        static final Key<String> NAME = Key.derived(
                "name",
                FieldTypes.NAME,
                "the name of the node with this address, else ADDRESS-PORT",
                "The backend's name, unique in its frontend.");
        static final Key<FieldTypes.HostPort> ADDRESS =
                Key.required("address", FieldTypes.BACKEND_ADDRESS, "Where the server listens.");
        static final Key<Boolean> BACKUP = Key.withDefault(
                "backup", Types.flag(), "false", "Whether it is used only while no other backend is up.");

        static final Structure PER_NODE = Structure.of("backends", PORT, WEIGHT, MAX_CONNECTIONS);
        static final Structure LISTED = Structure.of("a backend", NAME, ADDRESS, PORT, WEIGHT, BACKUP, MAX_CONNECTIONS);

        private static final Type<ListedBackend> ITEM = OneOf.scalarOrMapping(
                FieldTypes.ENDPOINT.map(ListedBackend.Short::new), LISTED.map(ListedBackend.Full::new));

        static final Type<Backends> ALL = OneOf.listOrMapping(
                new ListOf<>(ITEM, 1, 256).map(Backends.Listed::new), PER_NODE.map(Backends.PerNode::new));

        private BackendKeys() {}
    }

    /** The two ways to write backends. */
    sealed interface Backends {
        record PerNode(Entry entry) implements Backends {}

        record Listed(Items<ListedBackend> items) implements Backends {}
    }

    /** The two ways to write a backend in a list. */
    sealed interface ListedBackend {
        record Short(Endpoint endpoint) implements ListedBackend {}

        record Full(Entry entry) implements ListedBackend {}
    }

    /** {@code frontends[].timeouts} */
    static final class TimeoutKeys {
        static final Key<Duration> CONNECT = Key.withDefault(
                "connect",
                DurationType.between("10ms", "1h"),
                "5s",
                "How long one attempt to connect to a backend may take.");
        static final Key<Duration> IDLE = Key.withDefault(
                "idle",
                DurationType.between("1s", "168h"),
                "1h",
                "How long a session may be silent in both directions.");
        static final Key<Duration> DRAIN = Key.withDefault(
                "drain",
                DurationType.between("0s", "1h"),
                "10s",
                "How long open sessions may continue after the agent is told to stop (proxy plane); in the last fifth"
                        + " they are ended evenly.");

        static final Key<Duration> HALF_CLOSED = Key.derived(
                "halfClosed",
                DurationType.between("1s", "168h"),
                "30s, or idle if that is shorter",
                "How long a session may be silent after one side has ended its stream (proxy plane).");

        static final Structure ALL = Structure.of("timeouts", CONNECT, IDLE, HALF_CLOSED, DRAIN);

        private TimeoutKeys() {}
    }

    /** {@code frontends[]} */
    static final class FrontendKeys {
        static final Key<String> NAME = Key.derived("name", FieldTypes.NAME, "tcp-PORT", "The frontend's name.");
        static final Key<Endpoint> BIND = Key.required("bind", FieldTypes.BIND, "Where clients connect.");
        static final Key<Frontend.Plane> PLANE = Key.withDefault(
                "plane", Types.choice(Frontend.Plane.class), "auto", "Which data plane forwards the traffic.");
        static final Key<Frontend.Balance> BALANCE = Key.withDefault(
                "balance", Types.choice(Frontend.Balance.class), "roundrobin", "How a backend is chosen.");
        static final Key<Entry> TIMEOUTS = Key.optional("timeouts", TimeoutKeys.ALL, "Times that end a session.");
        static final Key<Optional<Entry>> CHECK = Key.derived(
                "check",
                FrontendCheckKeys.ALL_OR_NONE,
                "a check of type tcp with all its defaults",
                "How each backend's health is determined; none: it is always up.");
        static final Key<String> PROXY_PROTOCOL = Key.withDefault(
                "proxyProtocol", Types.word("none", "v1", "v2"), "none", "PROXY protocol header sent to backends.");
        static final Key<Frontend.AccessLog> ACCESS_LOG = Key.withDefault(
                "accessLog",
                Types.choice(Frontend.AccessLog.class),
                "text",
                "Form of the line for each ended session.");
        static final Key<Integer> MAX_CONNECTIONS_PER_SOURCE = Key.derived(
                "maxConnectionsPerSource",
                Types.whole(0, 1_000_000),
                "half of what the agent's open files allow",
                "Maximum number of concurrent connections of one client address (proxy plane); 0 is no limit.");
        static final Key<Backends> BACKENDS = Key.derived(
                "backends", BackendKeys.ALL, "one on each node, on port 6443", "The servers behind the frontend.");

        static final Structure ALL = Structure.of(
                "a frontend",
                NAME,
                BIND,
                PLANE,
                BALANCE,
                TIMEOUTS,
                CHECK,
                PROXY_PROTOCOL,
                ACCESS_LOG,
                MAX_CONNECTIONS_PER_SOURCE,
                BACKENDS);

        private FrontendKeys() {}
    }

    /** {@code management} */
    static final class ManagementKeys {
        static final Key<Integer> JMX_PORT = Key.withDefault(
                "jmxPort", FieldTypes.PORT, "9010", "The one port of RMI registry and server, on loopback only.");

        static final Key<Items<String>> JMX_USERS = Key.optional(
                "jmxUsers",
                new ListOf<>(FieldTypes.USER, 0, 64),
                "Users of the nodes who may connect to it, in addition to root and the agent's own user.");

        static final Key<Path> METRICS_FILE = Key.optional(
                "metricsFile",
                FieldTypes.ABSOLUTE_FILE,
                "File on each node that gets the agent's metrics every 15 s, for node_exporter's textfile collector.");

        static final Structure ALL = Structure.of("management", JMX_PORT, JMX_USERS, METRICS_FILE);

        private ManagementKeys() {}
    }

    /** {@code peerLink}, or the word none */
    static final class PeerLinkKeys {
        static final Key<Integer> PORT = Key.withDefault(
                "port", FieldTypes.PORT, "9011", "TCP port of both ends of the connection. No port is open.");

        static final Structure ALL = Structure.of("peerLink", PORT);

        static final Type<Optional<Entry>> ALL_OR_NONE = OneOf.scalarOrMapping(
                Types.text("the word none, or a mapping", "none").map(none -> Optional.empty()), ALL.map(Optional::of));

        private PeerLinkKeys() {}
    }

    /** The file itself. */
    static final class TopKeys {
        static final Key<String> CLUSTER =
                Key.withDefault("cluster", FieldTypes.NAME, "kubernetes", "The cluster's name.");
        static final Key<Entry> SSH = Key.optional("ssh", SshKeys.ALL, "How `baton` and Jenkins reach the nodes.");
        static final Key<Items<Entry>> NODES = Key.required("nodes", new ListOf<>(NodeKeys.ALL, 1, 64), "The nodes.");
        static final Key<Items<Entry>> VIRTUAL_ROUTERS = Key.optional(
                "virtualRouters", new ListOf<>(RouterKeys.ALL, 0, 255), "The virtual addresses that one node holds.");
        static final Key<Items<Entry>> FRONTENDS = Key.optional(
                "frontends",
                new ListOf<>(FrontendKeys.ALL, 0, 64),
                "Where clients connect, and the backends behind it.");
        static final Key<Items<Entry>> CHECKS = Key.optional(
                "checks", new ListOf<>(NamedCheckKeys.ALL, 0, 64), "Checks of the node itself, for track and JMX.");
        static final Key<Optional<Entry>> PEER_LINK = Key.derived(
                "peerLink",
                PeerLinkKeys.ALL_OR_NONE,
                "on, with its defaults",
                "Idle connections between the agents, which report the end of an agent at once; none: adverts alone.");
        static final Key<Path> SECRET = Key.optional(
                "secret",
                FieldTypes.ABSOLUTE_FILE,
                "File with the group's secret keys, with which the agents sign the peer link and takeover orders.");
        static final Key<Entry> MANAGEMENT =
                Key.optional("management", ManagementKeys.ALL, "The agent's JMX port and metrics.");

        static final Structure ALL = Structure.of(
                "the cluster file",
                CLUSTER,
                SSH,
                NODES,
                VIRTUAL_ROUTERS,
                FRONTENDS,
                CHECKS,
                PEER_LINK,
                SECRET,
                MANAGEMENT);

        private TopKeys() {}
    }
}
