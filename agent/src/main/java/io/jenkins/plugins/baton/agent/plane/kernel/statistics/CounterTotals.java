package io.jenkins.plugins.baton.agent.plane.kernel.statistics;

import io.jenkins.plugins.baton.agent.plane.kernel.rules.ClusterView;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Counter;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.KernelFrontend;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.RingMember;
import io.jenkins.plugins.baton.agent.plane.kernel.rules.Ruleset;
import io.jenkins.plugins.baton.cluster.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rules have counted for each backend, over all replacements of the rules by this agent. Safe for any thread.
 *
 * <p>By the backend's endpoint, because a reload may give its place among the members to another.
 */
final class CounterTotals {
    private static final Pattern TABLE_OR_COUNTER =
            Pattern.compile("table (ip6?) |counter (\\w+) \\{\\s*packets (\\d+) bytes (\\d+)");

    private record Key(String frontend, Endpoint server, Counter counter) {}

    private final Map<Key, Long> before = new HashMap<>();
    private final Map<Key, Long> now = new HashMap<>();

    /** @param listed what {@link Ruleset#countersLists} printed for this view */
    synchronized void read(ClusterView view, String listed) {
        Map<String, Key> names = new HashMap<>();
        for (boolean ipv6 : new boolean[] {false, true}) {
            List<KernelFrontend> family = view.frontends(ipv6);
            for (int f = 0; f < family.size(); f++) {
                KernelFrontend frontend = family.get(f);
                for (int member = 0; member < frontend.members().size(); member++) {
                    RingMember backend = frontend.members().get(member);
                    Endpoint server = new Endpoint(backend.address(), backend.port());
                    for (Counter counter : Counter.values()) {
                        names.put(name(ipv6, counter.of(f, member)), new Key(frontend.name(), server, counter));
                    }
                }
            }
        }
        boolean ipv6 = false;
        Matcher matcher = TABLE_OR_COUNTER.matcher(listed);
        while (matcher.find()) {
            if (matcher.group(1) != null) {
                ipv6 = matcher.group(1).equals("ip6");
                continue;
            }
            Key key = names.get(name(ipv6, matcher.group(2)));
            if (key != null) {
                read(key, Long.parseLong(matcher.group(key.counter().inBytes() ? 4 : 3)));
            }
        }
    }

    /** Another program may have made it begin again, as {@code nft reset counters} does. */
    private void read(Key key, long count) {
        Long last = now.put(key, count);
        if (last != null && count < last) {
            before.merge(key, last, Long::sum);
        }
    }

    private static String name(boolean ipv6, String counter) {
        return (ipv6 ? "ip6 " : "ip ") + counter;
    }

    /** The counters begin again at zero. */
    synchronized void restart() {
        now.forEach((key, count) -> before.merge(key, count, Long::sum));
        now.clear();
    }

    synchronized long of(String frontend, Endpoint server, Counter counter) {
        Key key = new Key(frontend, server, counter);
        return before.getOrDefault(key, 0L) + now.getOrDefault(key, 0L);
    }

    /** Of all backends, also those that the cluster file has no more: it never falls. */
    synchronized long of(String frontend, Counter counter) {
        return sum(before, frontend, counter) + sum(now, frontend, counter);
    }

    private static long sum(Map<Key, Long> counts, String frontend, Counter counter) {
        long sum = 0;
        for (Map.Entry<Key, Long> count : counts.entrySet()) {
            Key key = count.getKey();
            if (key.counter() == counter && key.frontend().equals(frontend)) {
                sum += count.getValue();
            }
        }
        return sum;
    }
}
