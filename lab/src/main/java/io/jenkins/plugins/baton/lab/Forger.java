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

/** Sends frames from a host in the name of others: raw ones, by perl, which every Debian has. Closing it ends it. */
public final class Forger implements AutoCloseable {
    private static final Pattern MAC = Pattern.compile("link/ether ([0-9a-f:]{17})");

    /** Between two packets of one kind in one name: 35 in a second. */
    private static final String PAUSE = "0.028";

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
            script = host.write("forger.pl", new String(text.readAllBytes(), StandardCharsets.US_ASCII)).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param victims in whose names it sends, each to all others */
    public static Forger on(Host host, int virtualRouterId, List<Host> victims) {
        return new Forger(host, virtualRouterId, victims);
    }

    /**
     * Adverts for the lab's VIP, version 3, at 100 ms.
     *
     * @param asTheNode whether their Ethernet source is the node's too
     */
    public void adverts(int priority, boolean asTheNode) {
        for (Host victim : victims) {
            send("advert", asTheNode ? mac(victim) : mac(host), "01:00:5e:00:00:12", victim.ipv4(), "224.0.0.18", "" + priority);
        }
    }

    /** Orders to take over, and requests for it, from each to each. */
    public void orders(boolean asTheNode) {
        for (Host from : victims) {
            for (Host to : victims) {
                if (from != to) {
                    String mac = asTheNode ? mac(from) : mac(host);
                    send("order", mac, mac(to), from.ipv4(), to.ipv4(), "100");
                    send("order", mac, mac(to), from.ipv4(), to.ipv4(), "0");
                }
            }
        }
    }

    /** Gratuitous ARP replies: the address is here. */
    public void claims(String address) {
        send("claim", mac(host), "ff:ff:ff:ff:ff:ff", address, address, "0");
    }

    /** CARP with the same number, as pfSense sends it. */
    public void carp() {
        send("carp", mac(host), "01:00:5e:00:00:12", host.ipv4(), "224.0.0.18", "0");
    }

    /** As fast as it can, up to so many in a second: adverts in the name of the first victim, or its own. */
    public Daemon flood(int perSecond, boolean inTheNameOfANode, boolean asTheNode) {
        Host victim = victims.get(0);
        return send(
                Double.toString(1.0 / perSecond),
                "advert",
                asTheNode ? mac(victim) : mac(host),
                "01:00:5e:00:00:12",
                inTheNameOfANode ? victim.ipv4() : host.ipv4(),
                "224.0.0.18",
                "200");
    }

    private void send(String kind, String from, String to, String source, String destination, String priority) {
        send(PAUSE, kind, from, to, source, destination, priority);
    }

    private Daemon send(
            String pause, String kind, String from, String to, String source, String destination, String priority) {
        Daemon sender = host.start(
                "forger",
                List.of("perl", script, kind, pause, Host.INTERFACE, from, to, source, destination,
                        Integer.toString(virtualRouterId), priority, Plan.VIP),
                Map.of());
        senders.add(sender);
        return sender;
    }

    private static String mac(Host of) {
        Matcher matcher = MAC.matcher(of.run("ip", "link", "show", "dev", Host.INTERFACE).orThrow().output());
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
