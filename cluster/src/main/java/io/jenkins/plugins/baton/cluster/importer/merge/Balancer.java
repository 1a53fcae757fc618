package io.jenkins.plugins.baton.cluster.importer.merge;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where haproxy listens on a node. A script that asks there watches haproxy: in Baton it would ask the agent itself, and in
 * the kernel plane nobody answers on loopback.
 *
 * @param hosts ways to write an address of the node that haproxy listens on
 */
public record Balancer(Set<String> hosts, Set<Integer> ports) {
    private static final Pattern TARGET =
            Pattern.compile("([0-9A-Za-z.:-]*[0-9A-Za-z])\\]?(?::|\\s+|/)([0-9]{1,5})(?![0-9.])");
    private static final Pattern PORT = Pattern.compile(":([1-9][0-9]{0,4})$");

    /** @param sections of haproxy.cfg, with those that were not carried over */
    public static Balancer of(List<Directive> sections, List<InetAddress> virtual) {
        Set<String> hosts = virtual.stream().map(IpLiteral::text).collect(Collectors.toCollection(TreeSet::new));
        hosts.addAll(List.of("localhost", "127.0.0.1", "0.0.0.0", "::1"));
        Set<Integer> ports = sections.stream()
                .flatMap(section -> section.lines("bind"))
                .flatMap(bind -> List.of(bind.value().split(",")).stream())
                .map(PORT::matcher)
                .filter(Matcher::find)
                .map(port -> Integer.parseInt(port.group(1)))
                .collect(Collectors.toSet());
        return new Balancer(hosts, ports);
    }

    boolean isAskedBy(String command) {
        Matcher target = TARGET.matcher(command);
        while (target.find()) {
            if (hosts.contains(target.group(1)) && ports.contains(Integer.parseInt(target.group(2)))) {
                return true;
            }
        }
        return false;
    }
}
