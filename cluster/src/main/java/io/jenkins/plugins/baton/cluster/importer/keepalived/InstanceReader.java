package io.jenkins.plugins.baton.cluster.importer.keepalived;

import static java.util.Map.entry;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Numbers;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Surplus;
import io.jenkins.plugins.baton.cluster.importer.text.Times;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a {@code vrrp_instance} of keepalived.conf. */
final class InstanceReader {
    static final String NEEDED = "a virtual_router_id in 1..255, an interface and a virtual_ipaddress";

    private static final Duration MAX_DELAY = Duration.ofSeconds(1000);
    private static final String MOVES =
            "Baton moves addresses only; a route that is needed on every node belongs in the"
                    + " system's network configuration";

    private static final Map<String, String> REASONS = Map.ofEntries(
            entry("dont_track_primary", "a node whose interface is down serves nobody, so it always goes to FAULT"),
            entry(
                    "track_interface",
                    "Baton watches the virtual router's own interface; write a check of type script for others"),
            entry("track_process", "a check of type tcp, https or script does what it is for"),
            entry("track_file", "write a check of type script that tests the file instead"),
            entry("notify", KeepalivedReader.NOTIFY),
            entry("notify_master", KeepalivedReader.NOTIFY),
            entry("notify_backup", KeepalivedReader.NOTIFY),
            entry("notify_fault", KeepalivedReader.NOTIFY),
            entry("notify_stop", KeepalivedReader.NOTIFY),
            entry("smtp_alert", KeepalivedReader.NOTIFY),
            entry("virtual_routes", MOVES),
            entry("virtual_rules", MOVES),
            entry("use_vmac", "Baton announces the interface's own MAC address"),
            entry("vmac_xmit_base", "Baton announces the interface's own MAC address"),
            entry("preempt", "it is so by default"),
            entry("accept", "it is so by default"),
            entry("native_ipv6", "an address says itself which family it is of"),
            entry("check_unicast_src", "adverts of strangers are always ignored and counted"),
            entry("debug", "the agent's log has a level of its own"));

    private static final Set<String> SINGLE = Set.of(
            "virtual_router_id",
            "interface",
            "priority",
            "state",
            "version",
            "advert_int",
            "preempt_delay",
            "unicast_src_ip",
            "mcast_src_ip",
            "garp_master_refresh");

    private static final Set<String> BLOCKS =
            Set.of("authentication", "virtual_ipaddress", "virtual_ipaddress_excluded", "unicast_peer", "track_script");

    private final Directive block;
    private final GlobalDefaults defaults;
    private final ImportNotes importNotes;
    private final VirtualAddressReader addresses;
    private final AuthenticationReader authentication;

    private Optional<Setting<Integer>> virtualRouterId = Optional.empty();
    private Optional<Setting<String>> interfaceName;
    private Optional<Setting<Integer>> priority = Optional.empty();
    private boolean master;
    private Setting<Integer> version;
    private Setting<Duration> interval = Setting.byDefault(Duration.ofSeconds(1), "keepalived's default");
    private Setting<Boolean> preempt = Setting.byDefault(true, "");
    private Setting<Duration> preemptDelay = Setting.byDefault(Duration.ZERO, "");
    private Optional<Setting<InetAddress>> source = Optional.empty();
    private Setting<List<InetAddress>> peers = Setting.byDefault(List.of(), "");
    private Setting<Optional<Duration>> announceInterval;
    private final List<Tracked> track = new ArrayList<>();

    private InstanceReader(Directive block, GlobalDefaults defaults, ImportNotes importNotes) {
        this.block = block;
        this.defaults = defaults;
        this.importNotes = importNotes;
        this.interfaceName = defaults.interfaceName();
        this.version = defaults.version();
        this.announceInterval = defaults.announceInterval();
        this.addresses = new VirtualAddressReader(importNotes);
        this.authentication = new AuthenticationReader(importNotes);
    }

    /** @return empty when it is not carried over, which the findings then say */
    static Optional<ImportedRouter> read(Directive block, GlobalDefaults defaults, ImportNotes importNotes) {
        return new InstanceReader(block, defaults, importNotes).read();
    }

    private Optional<ImportedRouter> read() {
        importNotes.carried(block);
        Surplus.reportBlock(block, 2, importNotes);
        block.children().forEach(this::option);
        Setting<List<Cidr>> vips = addresses.read(block, interfaceName.map(Setting::value));
        if (virtualRouterId.isEmpty() || vips.value().isEmpty() || interfaceName.isEmpty()) {
            importNotes.notCarriedBesides(block, "it needs " + NEEDED + " that can be read; write what is missing");
            return Optional.empty();
        }
        if (vips.value().get(0).isIpv6() && version.value() == 2) {
            version.line()
                    .ifPresent(line ->
                            importNotes.notCarried(line, "version 2 knows no IPv6; 3 was taken, as keepalived does"));
            version = Setting.byDefault(3, "version 2 knows no IPv6");
        }
        fitInterval();
        preemption();
        return Optional.of(new ImportedRouter(
                block,
                Yaml.name(block.word(1).orElse("vrrp-" + virtualRouterId.get().value())),
                virtualRouterId.get(),
                interfaceName.get(),
                priority(),
                master,
                version,
                interval,
                preempt,
                preemptDelay,
                authentication.password(block, version.value(), defaults.strict()),
                vips,
                source,
                peers,
                announceInterval,
                List.copyOf(track)));
    }

    private void option(Directive option) {
        if (SINGLE.contains(option.name())) {
            Surplus.report(option, 2, importNotes);
        }
        if (BLOCKS.contains(option.name())) {
            Surplus.reportBlock(option, 1, importNotes);
        }
        switch (option.name()) {
            case "virtual_router_id" -> virtualRouterId = number(option, 1, 255);
            case "interface" -> interfaceName = Optional.of(Setting.of(option.value(), option));
            case "priority" -> priority = number(option, 1, 255);
            case "state" -> {
                master = option.value().equals("MASTER");
                importNotes.notCarried(option, "the priorities decide; looked at to learn which node this file is of");
            }
            case "version" -> version = Versions.of(option, version, importNotes);
            case "advert_int" -> advertInterval(option);
            case "nopreempt" -> preempt = Setting.of(false, option);
            case "preempt_delay" -> preemptDelay(option);
            case "authentication", "virtual_ipaddress" -> importNotes.carried(option); // read by readers of their own
            case "virtual_ipaddress_excluded" -> addresses.excluded(option, block);
            case "unicast_src_ip", "mcast_src_ip" -> source(option);
            case "unicast_peer" -> peers = PeerReader.read(option, peers, importNotes);
            case "track_script" -> {
                importNotes.carried(option);
                option.children().forEach(line -> track.addAll(TrackReader.read(line, importNotes)));
            }
            case "garp_master_refresh" -> announceInterval = AnnounceIntervals.of(option, importNotes);
            case "strict_mode" ->
                importNotes.notCarried(option, "Baton always keeps to the RFC, and sets no packet filter");
            default -> leftOut(option);
        }
    }

    private void leftOut(Directive option) {
        String otherwise = option.name().startsWith("garp") ? KeepalivedReader.PACING : "Baton has no counterpart";
        importNotes.notCarriedWhole(option, REASONS.getOrDefault(option.name(), otherwise));
    }

    private Optional<Setting<Integer>> number(Directive option, int least, int most) {
        OptionalInt number = Numbers.parse(option.value(), least, most);
        if (number.isEmpty()) {
            importNotes.notCarried(
                    option,
                    "it is not a number in " + least + ".." + most + ", and keepalived does not take it either");
            return Optional.empty();
        }
        return Optional.of(Setting.of(number.getAsInt(), option));
    }

    /** Without one, keepalived 2 takes 255 for a MASTER, as if it owned the address, and 100 otherwise (vrrp.c). */
    private Setting<Integer> priority() {
        if (priority.isEmpty()) {
            return master
                    ? Setting.byDefault(254, "keepalived's default for state MASTER is 255, an address owner's")
                    : Setting.byDefault(100, "keepalived's default");
        }
        if (priority.get().value() == 255) {
            priority.get()
                    .line()
                    .ifPresent(line -> importNotes.notCarried(
                            line, "255 is for an address owner, which Baton does not have; 254 was taken"));
            return priority.get().map(any -> 254);
        }
        return priority.get();
    }

    private void source(Directive option) {
        String text = option.value().replaceFirst("/.*", ""); // keepalived cuts the prefix length off as well
        Optional<InetAddress> address = IpLiteral.parse(text);
        if (address.isEmpty()) {
            importNotes.notCarried(option, "it is not an address");
            return;
        }
        source = Optional.of(Setting.of(address.get(), option));
        if (option.name().equals("mcast_src_ip")) {
            importNotes.notCarried(option, "adverts come from the node's address, and it was taken for that");
        } else if (block.lines("unicast_peer").findAny().isEmpty()) {
            importNotes.notCarried(
                    option,
                    "without unicast_peer keepalived up to 2.2.4 and, with a warning, later ones use multicast; it was"
                            + " taken for the node's address");
        }
    }

    /** What keepalived clears by itself is not carried (vrrp.c, vrrp_complete_instance). */
    private void preemption() {
        if (master && !preempt.value()) {
            preempt.line()
                    .ifPresent(
                            line -> importNotes.notCarried(
                                    line,
                                    "keepalived clears it with state MASTER and preempts; remove state, or write preempt: false"));
            preempt = Setting.byDefault(true, "");
        }
        if (!preemptDelay.value().isZero() && (master || !preempt.value())) {
            String with = master ? "state MASTER" : "nopreempt";
            preemptDelay.line().ifPresent(line -> importNotes.notCarried(line, "keepalived clears it with " + with));
            preemptDelay = Setting.byDefault(Duration.ZERO, "");
        }
    }

    private void preemptDelay(Directive option) {
        Optional<Duration> delay = Times.keepalived(option.value()).filter(time -> time.compareTo(MAX_DELAY) <= 0);
        if (delay.isEmpty()) {
            importNotes.notCarried(option, "it is not a time of 0 to 1000 seconds, so keepalived does not take it");
        } else {
            preemptDelay = Setting.of(delay.get(), option);
        }
    }

    private void advertInterval(Directive option) {
        Optional<Duration> time = Times.keepalived(option.value());
        if (time.isEmpty()) {
            importNotes.notCarried(option, "it is not a time in seconds; keepalived's default of 1 was taken");
        } else {
            interval = Setting.of(time.get(), option);
        }
    }

    private void fitInterval() {
        Duration fit = fit(interval.value(), version.value());
        if (!fit.equals(interval.value())) {
            interval.line()
                    .ifPresent(line -> importNotes.notCarried(
                            line,
                            "version " + version.value() + " has no such interval; " + fit.toMillis()
                                    + "ms was taken"));
            interval = interval.map(any -> fit);
        }
    }

    private static Duration fit(Duration interval, int version) {
        if (version == 2) {
            long rounded = interval.plusMillis(500).toSeconds(); // as keepalived does
            return Duration.ofSeconds(Math.min(255, Math.max(1, rounded)));
        }
        return Times.within(
                Duration.ofMillis(interval.toMillis() / 10 * 10), Duration.ofMillis(10), Duration.ofMillis(40_950));
    }
}
