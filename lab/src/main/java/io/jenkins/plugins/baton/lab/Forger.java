package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends frames from a host in the name of others: raw ones, by perl, which every Debian has. Their Ethernet source is the
 * host's own: with another's the bridge would send it what is that other's. Closing it ends it.
 */
public final class Forger implements AutoCloseable {
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]{17})");

    /** Between two packets of one kind in one name: 35 in a second. */
    private static final String SEND_INTERVAL = "0.028";

    private static final String ALL_ROUTERS = "224.0.0.18";
    private static final String ALL_ROUTERS_MAC = "01:00:5e:00:00:12";

    private final Host host;
    private final int virtualRouterId;
    private final List<Host> victims;
    private final String script;
    private final List<Daemon> senders = new ArrayList<>();

    private Forger(Host host, int virtualRouterId, List<Host> victims) {
        this.host = host;
        this.virtualRouterId = virtualRouterId;
        this.victims = victims;
        try (InputStream text = Forger.class.getResourceAsStream("forger.pl")) {
            script = host.write("forger.pl", new String(text.readAllBytes(), StandardCharsets.US_ASCII))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param victims in whose names it sends */
    public static Forger on(Host host, int virtualRouterId, List<Host> victims) {
        return new Forger(host, virtualRouterId, victims);
    }

    /** Adverts for the lab's VIP, version 3, at 100 ms. */
    public void adverts(int priority) {
        for (Host victim : victims) {
            send("advert", ALL_ROUTERS_MAC, victim.ipv4(), ALL_ROUTERS, Integer.toString(priority));
        }
    }

    /** Orders to take over, and requests for it, from each to each of these. */
    public void orders(List<Host> receivers) {
        for (Host from : victims) {
            receivers.stream().filter(to -> to != from).forEach(to -> {
                send("order", mac(to), from.ipv4(), to.ipv4(), "100");
                send("order", mac(to), from.ipv4(), to.ipv4(), "0");
            });
        }
    }

    /** Gratuitous ARP replies: the address is here. */
    public void claims(String address) {
        send("claim", "ff:ff:ff:ff:ff:ff", address, address, "0");
    }

    /** CARP with the same number, as pfSense sends it. */
    public void carp() {
        send("carp", ALL_ROUTERS_MAC, host.ipv4(), ALL_ROUTERS, "0");
    }

    /** As fast as it can, up to so many in a second: adverts in the name of any host, its own or another's. */
    public void flood(int perSecond, Host name) {
        send(Double.toString(1.0 / perSecond), "advert", ALL_ROUTERS_MAC, name.ipv4(), ALL_ROUTERS, "200");
    }

    private void send(String kind, String to, String source, String destination, String priority) {
        send(SEND_INTERVAL, kind, to, source, destination, priority);
    }

    private void send(String pause, String kind, String to, String source, String destination, String priority) {
        senders.add(host.start(
                "forger",
                List.of(
                        "perl",
                        script,
                        kind,
                        pause,
                        Host.INTERFACE,
                        mac(host),
                        to,
                        source,
                        destination,
                        Integer.toString(virtualRouterId),
                        priority,
                        AddressPlan.VIP),
                Map.of()));
    }

    private static String mac(Host of) {
        Matcher matcher = MAC.matcher(
                of.run("ip", "link", "show", "dev", Host.INTERFACE).orThrow().output());
        if (!matcher.find()) {
            throw new LabException(of + " has no Ethernet address");
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        senders.forEach(Daemon::close);
    }
}
