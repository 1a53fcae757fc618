package io.jenkins.plugins.baton.cluster.importer;

import static java.util.Map.entry;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads a {@code vrrp_instance} of keepalived.conf. */
final class InstanceReader {
    private static final int LONGEST_PASSWORD = 8;
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private static final String NOTIFY = "Baton tells by JMX notifications, its log and `baton-agent status --watch`";
    private static final String PACING = "Baton announces by a pattern of its own; see announceInterval";

    private static final Map<String, String> REASONS = Map.ofEntries(
            entry("dont_track_primary", "a node whose interface is down serves nobody, so it always goes to FAULT"),
            entry("track_interface", "Baton watches the virtual router's own interface; write a check for others"),
            entry("notify", NOTIFY),
            entry("notify_master", NOTIFY),
            entry("notify_backup", NOTIFY),
            entry("notify_fault", NOTIFY),
            entry("notify_stop", NOTIFY),
            entry("smtp_alert", NOTIFY),
            entry(
                    "virtual_ipaddress_excluded",
                    "every address is in the adverts; add it to addresses on all nodes at once"),
            entry("virtual_routes", "Baton moves addresses only"),
            entry("virtual_rules", "Baton moves addresses only"),
            entry("use_vmac", "Baton announces the interface's own MAC address"),
            entry("preempt", "it is so by default"),
            entry("accept", "it is so by default"),
            entry("debug", "the agent's log has a level of its own"));

    private final Directive block;
    private final List<ImportedCheck> checks;
    private final Findings findings;

    private OptionalInt virtualRouterId = OptionalInt.empty();
    private String interfaceName = "";
    private int priority = 100;
    private boolean master;
    private int version;
    private Duration interval = Duration.ofSeconds(1);
    private Optional<Directive> intervalLine = Optional.empty();
    private boolean preempt = true;
    private Duration preemptDelay = Duration.ZERO;
    private Optional<Directive> password = Optional.empty();
    private final List<Cidr> addresses = new ArrayList<>();
    private Optional<InetAddress> source = Optional.empty();
    private final List<InetAddress> peers = new ArrayList<>();
    private boolean unicast;
    private final List<String> track = new ArrayList<>();

    private InstanceReader(Directive block, int version, List<ImportedCheck> checks, Findings findings) {
        this.block = block;
        this.version = version;
        this.checks = checks;
        this.findings = findings;
    }

    /**
     * @param version what holds when the instance does not say
     * @param checks that were carried over
     * @return empty when it is not carried over, which the findings then say
     */
    static Optional<ImportedRouter> read(Directive block, int version, List<ImportedCheck> checks, Findings findings) {
        return new InstanceReader(block, version, checks, findings).read();
    }

    private Optional<ImportedRouter> read() {
        block.children().forEach(this::option);
        if (virtualRouterId.isEmpty() || addresses.isEmpty() || interfaceName.isEmpty()) {
            findings.notCarriedWhole(
                    block,
                    "it lacks a virtual_router_id in 1..255, an interface or a virtual_ipaddress that can be read");
            return Optional.empty();
        }
        if (addresses.get(0).isIpv6()) {
            version = 3; // version 2 knows no IPv6, and keepalived switches as well
        }
        fitInterval();
        return Optional.of(new ImportedRouter(
                block,
                Yaml.name(block.word(1).orElse("vrrp-" + virtualRouterId.getAsInt())),
                virtualRouterId.getAsInt(),
                interfaceName,
                priority,
                master,
                version,
                interval,
                preempt,
                preempt ? preemptDelay : Duration.ZERO,
                carriedPassword(),
                List.copyOf(addresses),
                source,
                List.copyOf(peers),
                unicast,
                List.copyOf(track)));
    }

    private void option(Directive option) {
        String value = option.word(1).orElse("");
        switch (option.name()) {
            case "virtual_router_id" -> virtualRouterId = number(value, 1, 255);
            case "interface" -> interfaceName = value;
            case "priority" -> priority(option, value);
            case "state" -> {
                master = value.equals("MASTER");
                findings.notCarried(option, "the priorities decide; looked at to learn which node this file is of");
            }
            case "version" -> version = value.equals("3") ? 3 : 2;
            case "advert_int" -> {
                intervalLine = Optional.of(option);
                interval = Times.keepalived(value).orElse(interval);
            }
            case "nopreempt" -> preempt = false;
            case "preempt_delay" -> {
                preemptDelay =
                        Times.within(Times.keepalived(value).orElse(Duration.ZERO), Duration.ZERO, LONGEST_DELAY);
                if (block.lines("nopreempt").findAny().isPresent()) {
                    findings.notCarried(option, "with nopreempt it has no effect");
                }
            }
            case "authentication" -> option.children().forEach(this::authentication);
            case "virtual_ipaddress" -> option.children().forEach(this::address);
            case "unicast_src_ip" -> {
                unicast = true;
                source = IpLiteral.parse(value);
            }
            case "mcast_src_ip" -> {
                source = IpLiteral.parse(value);
                findings.notCarried(option, "adverts come from the node's address, and it was taken for that");
            }
            case "unicast_peer" -> {
                unicast = true;
                option.children().forEach(peer -> IpLiteral.parse(peer.name()).ifPresent(peers::add));
            }
            case "track_script" -> option.children().forEach(this::track);
            default -> leftOut(option);
        }
    }

    private void leftOut(Directive option) {
        String otherwise = option.name().startsWith("garp") ? PACING : "Baton has no counterpart";
        findings.notCarriedWhole(option, REASONS.getOrDefault(option.name(), otherwise));
    }

    private void priority(Directive option, String value) {
        OptionalInt number = number(value, 1, 255);
        priority = Math.min(254, number.orElse(priority));
        if (number.orElse(0) == 255) {
            findings.notCarried(option, "255 is for an address owner, which Baton does not have; 254 was taken");
        }
    }

    private void authentication(Directive option) {
        switch (option.name()) {
            case "auth_pass" -> password = Optional.of(option);
            case "auth_type" -> {
                if (!option.word(1).orElse("").equals("PASS")) {
                    findings.notCarried(option, "only PASS is left in VRRP");
                }
            }
            default -> findings.notCarried(option, "Baton has no counterpart");
        }
    }

    private Optional<String> carriedPassword() {
        if (password.isEmpty()) {
            return Optional.empty();
        }
        String text = password.get().word(1).orElse("");
        if (version == 3 || !text.matches("[ -~]+")) {
            findings.notCarried(
                    password.get(), version == 3 ? "version 3 has no authentication" : "it is not printable ASCII");
            return Optional.empty();
        }
        if (text.length() > LONGEST_PASSWORD) {
            findings.notCarried(password.get(), "VRRP sends 8 characters; those were taken, as keepalived does");
        }
        return Optional.of(text.substring(0, Math.min(LONGEST_PASSWORD, text.length())));
    }

    private void address(Directive line) {
        Optional<Cidr> address = cidr(line.name());
        if (address.isEmpty()) {
            findings.notCarried(line, "it is not an address");
            return;
        }
        if (!addresses.isEmpty() && addresses.get(0).isIpv6() != address.get().isIpv6()) {
            findings.notCarried(
                    line, "it is of another family than the first; write a virtual router of its own for it");
            return;
        }
        addresses.add(address.get());
        for (int i = 1; i + 1 < line.words().size(); i += 2) {
            boolean sameDevice = line.words().get(i).equals("dev")
                    && (interfaceName.isEmpty() || line.words().get(i + 1).equals(interfaceName));
            if (!sameDevice) {
                findings.notCarried(
                        line,
                        line.words().get(i) + ": addresses stand on the virtual router's interface, without more");
            }
        }
    }

    private static Optional<Cidr> cidr(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        return address.flatMap(a -> {
            int most = a.getAddress().length * 8;
            OptionalInt length = slash < 0 ? OptionalInt.of(most) : number(text.substring(slash + 1), 1, most);
            return length.isPresent() ? Optional.of(new Cidr(a, length.getAsInt())) : Optional.empty();
        });
    }

    private void track(Directive script) {
        String name = Yaml.name(script.name());
        if (checks.stream().anyMatch(check -> check.name().equals(name))) {
            track.add(name);
            if (script.words().size() > 1) {
                findings.notCarried(script, "a check has one weight, that of its vrrp_script");
            }
        } else {
            findings.notCarried(script, "its vrrp_script was not carried over");
        }
    }

    private void fitInterval() {
        Duration written = interval;
        roundInterval();
        if (!interval.equals(written)) {
            intervalLine.ifPresent(line -> findings.notCarried(
                    line, "version " + version + " has no such interval; " + interval.toMillis() + "ms was taken"));
        }
    }

    private void roundInterval() {
        if (version == 2 && (interval.toMillis() % 1000 != 0 || interval.isZero())) {
            interval = Duration.ofSeconds(Math.max(1, interval.toSeconds()));
        }
        if (version == 3) {
            interval = Times.within(
                    Duration.ofMillis(interval.toMillis() / 10 * 10), Duration.ofMillis(10), Duration.ofMillis(40_950));
        }
    }

    private static OptionalInt number(String text, int least, int most) {
        if (!text.matches("[0-9]{1,6}")) {
            return OptionalInt.empty();
        }
        int value = Integer.parseInt(text);
        return value >= least && value <= most ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
