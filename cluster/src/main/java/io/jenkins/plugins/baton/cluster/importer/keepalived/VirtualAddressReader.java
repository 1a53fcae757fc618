package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.Cidr;
import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Numbers;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code virtual_ipaddress} and {@code virtual_ipaddress_excluded}. */
final class VirtualAddressReader {
    private final ImportNotes importNotes;
    private final List<Cidr> addresses = new ArrayList<>();
    private final List<Directive> lines = new ArrayList<>();

    VirtualAddressReader(ImportNotes importNotes) {
        this.importNotes = importNotes;
    }

    /** @param interfaceName the instance's, wherever in the block it stands */
    Setting<List<Cidr>> read(Directive block, Optional<String> interfaceName) {
        block.lines("virtual_ipaddress").forEach(list -> {
            lines.add(list);
            list.children().forEach(line -> line(line, interfaceName));
        });
        return new Setting<>(List.copyOf(addresses), List.copyOf(lines), "");
    }

    private void line(Directive line, Optional<String> interfaceName) {
        for (int i = 0; i < line.words().size(); i++) {
            String word = line.words().get(i);
            Optional<Cidr> address = cidr(word);
            if (address.isPresent()) {
                Optional<String> device = device(line, i + 1);
                if (device.isPresent() && !device.equals(interfaceName)) {
                    importNotes.notCarried(
                            line,
                            "dev " + device.get()
                                    + ": the addresses of a virtual router stand on the interface that its"
                                    + " adverts go over"
                                    + interfaceName.map(name -> ", " + name).orElse("")
                                    + "; write a virtual router with interface " + device.get() + " for it");
                    return;
                }
                if (i > 0) {
                    importNotes.notCarried(
                            line,
                            word + ": keepalived takes the first address of a line only; it was read as one more, as it"
                                    + " seems meant: give each a line on all nodes first, else agents and keepalived do not"
                                    + " agree on the list");
                }
                add(line, address.get());
            } else if (word.equals("dev")) {
                i++; // has been looked at
            } else if (i > 0) {
                importNotes.notCarried(
                        line,
                        String.join(" ", line.words().subList(i, line.words().size()))
                                + ": addresses stand on the virtual router's interface, without more");
                return;
            } else {
                importNotes.notCarried(line, "it is not an address; write one, with its prefix length");
                return;
            }
        }
    }

    /** What {@code dev} says between this address and the next. */
    private static Optional<String> device(Directive line, int from) {
        for (int i = from; i < line.words().size() && cidr(line.words().get(i)).isEmpty(); i++) {
            if (line.words().get(i).equals("dev")) {
                return line.word(i + 1);
            }
            i += line.words().get(i).matches("brd|broadcast|peer|scope|label") ? 1 : 0;
        }
        return Optional.empty();
    }

    private void add(Directive line, Cidr address) {
        if (!addresses.isEmpty() && addresses.get(0).isIpv6() != address.isIpv6()) {
            importNotes.notCarried(
                    line, "it is of another family than the first; write a virtual router of its own for it");
        } else if (addresses.stream().anyMatch(other -> other.address().equals(address.address()))) {
            importNotes.notCarried(line, "it stands in this list already");
        } else {
            addresses.add(address);
            lines.add(line);
        }
    }

    /** They are not in keepalived's adverts, and all of Baton's are: with a mixed list the two refuse each other's. */
    void excluded(Directive list, Directive instance) {
        importNotes.notCarried(list, "every address of a virtual router is in its adverts; see the lines of the list");
        boolean ipv6 = instance.lines("virtual_ipaddress")
                .flatMap(block -> block.children().stream())
                .flatMap(line -> cidr(line.name()).stream())
                .findFirst()
                .map(Cidr::isIpv6)
                .orElse(false);
        for (Directive line : list.children()) {
            boolean otherFamily = cidr(line.name())
                    .filter(address -> address.isIpv6() != ipv6)
                    .isPresent();
            importNotes.notCarried(
                    line,
                    otherFamily
                            ? "it is of another family; write a virtual router of its own for it, with the same VRID"
                            : "add it to addresses once no node runs keepalived any more, or move it to virtual_ipaddress on"
                                    + " all nodes first");
        }
    }

    private static Optional<Cidr> cidr(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = IpLiteral.parse(slash < 0 ? text : text.substring(0, slash));
        return address.flatMap(a -> {
            int most = a.getAddress().length * 8;
            OptionalInt length = slash < 0 ? OptionalInt.of(most) : Numbers.parse(text.substring(slash + 1), 1, most);
            return length.isPresent() ? Optional.of(new Cidr(a, length.getAsInt())) : Optional.empty();
        });
    }
}
