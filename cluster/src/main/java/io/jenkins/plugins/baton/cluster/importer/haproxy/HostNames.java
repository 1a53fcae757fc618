package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Turns the host names of haproxy's servers into addresses, as haproxy does when it starts; a cluster file has none. */
@FunctionalInterface
public interface HostNames {
    /** Looks nothing up. */
    HostNames NONE = name -> Optional.empty();

    /** Asks this machine's resolver; blocks as long as it takes to answer. */
    HostNames SYSTEM = name -> {
        try {
            return Arrays.stream(InetAddress.getAllByName(name))
                    .filter(address -> IpLiteral.parse(IpLiteral.text(address)).isPresent())
                    .min(Comparator.comparing(address -> !(address instanceof Inet4Address)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    };

    /** @return empty when the name is not known */
    Optional<InetAddress> addressOf(String name);
}
