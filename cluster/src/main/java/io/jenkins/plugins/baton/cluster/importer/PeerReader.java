package io.jenkins.plugins.baton.cluster.importer;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code unicast_peer}. */
final class PeerReader {
    private PeerReader() {}

    static Setting<List<InetAddress>> read(Directive block, Findings findings) {
        List<InetAddress> peers = new ArrayList<>();
        List<Directive> lines = new ArrayList<>(List.of(block));
        for (Directive line : block.children()) {
            List<InetAddress> inLine = addresses(line, findings);
            if (!inLine.isEmpty()) {
                lines.add(line);
                peers.addAll(inLine);
            }
        }
        findings.carried(block);
        return new Setting<>(List.copyOf(peers), lines, "");
    }

    private static List<InetAddress> addresses(Directive line, Findings findings) {
        List<InetAddress> addresses = new ArrayList<>();
        if (line.words().stream().anyMatch(word -> word.indexOf(',') >= 0)) {
            findings.notCarried(
                    line, "keepalived skips an address with a comma; it was read without, as it seems meant");
        }
        List<String> words = line.words().stream()
                .flatMap(word -> List.of(word.split(",")).stream())
                .filter(word -> !word.isEmpty())
                .toList();
        for (int i = 0; i < words.size(); i++) {
            Optional<InetAddress> address = IpLiteral.parse(words.get(i).replaceFirst("/.*", ""));
            if (address.isPresent()) {
                addresses.add(address.get());
            } else if (i == 0) {
                findings.notCarried(line, "it is not an address; names are not looked up, write the address");
            } else {
                findings.notCarried(line, words.get(i) + ": Baton has no counterpart");
                break;
            }
        }
        return addresses;
    }
}
