package io.jenkins.plugins.baton.agent.plane.kernel.rules;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** The language of nft(8) as far as the rules need it. */
final class NftSyntax {
    private NftSyntax() {}

    static String table(String family, String name, String content) {
        return "table " + family + " " + name + " {\n" + content + "}\n";
    }

    /** @param kind chain, map or set; what is flushed must exist */
    static String flush(String kind, String family, String table, String name) {
        return "flush " + kind + " " + family + " " + table + " " + name + "\n";
    }

    /** A chain that others lead to. */
    static String chain(String name, String rules) {
        return "  chain " + name + " {\n" + rules + "  }\n";
    }

    /** A chain that the kernel calls. */
    static String baseChain(String name, String hook, String rules) {
        return chain(name, rule("type " + hook + "; policy accept") + rules);
    }

    static String rule(String text) {
        return "    " + text + ";\n";
    }

    /** @param declaration as in {@code set peers} or {@code map slots} */
    static String set(String declaration, String type, List<String> elements) {
        String list = elements.isEmpty() ? "" : " elements = { " + String.join(", ", elements) + " };";
        return "  " + declaration + " { " + type + ";" + list + " }\n";
    }

    static String counter(String name) {
        return "  counter " + name + " { }\n";
    }

    static String anyOf(Collection<InetAddress> addresses) {
        return addresses.stream().map(IpLiteral::text).collect(Collectors.joining(", ", "{ ", " }"));
    }

    static String endpoint(InetAddress address, int port) {
        return new Endpoint(address, port).toString();
    }
}
