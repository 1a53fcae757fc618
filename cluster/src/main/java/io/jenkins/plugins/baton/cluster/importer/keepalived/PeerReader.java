package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code unicast_peer}. */
final class PeerReader {
    private PeerReader() {}

    /** @param before of other such blocks of the instance, which keepalived joins */
    static Setting<List<InetAddress>> read(
            Directive block, Setting<List<InetAddress>> before, ImportNotes importNotes) {
        List<InetAddress> peers = new ArrayList<>(before.value());
        List<Directive> lines = new ArrayList<>(before.at());
        lines.add(block);
        for (Directive line : block.children()) {
            List<InetAddress> inLine = addresses(line, importNotes);
            if (!inLine.isEmpty()) {
                lines.add(line);
                peers.addAll(inLine);
            }
        }
        importNotes.carried(block);
        return new Setting<>(List.copyOf(peers), lines, "");
    }

    private static List<InetAddress> addresses(Directive line, ImportNotes importNotes) {
        List<InetAddress> addresses = new ArrayList<>();
        if (line.words().stream().anyMatch(word -> word.indexOf(',') >= 0)) {
            importNotes.notCarried(
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
                importNotes.notCarried(line, "it is not an address; names are not looked up, write the address");
            } else {
                importNotes.notCarried(line, words.get(i) + ": Baton has no counterpart");
                break;
            }
        }
        return addresses;
    }
}
