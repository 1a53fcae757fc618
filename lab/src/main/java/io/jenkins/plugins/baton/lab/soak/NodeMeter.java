package io.jenkins.plugins.baton.lab.soak;

import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.LabException;
import io.jenkins.plugins.baton.lab.experiment.AgentTestbed;
import io.jenkins.plugins.baton.lab.usage.MemoryUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Measures every {@link Quantity} of a node. */
final class NodeMeter {
    private static final Pattern LATENESS = Pattern.compile("\"timerLatenessMaxMillis\":([0-9.E+-]+)");
    private static final Pattern ELEMENTS = Pattern.compile("elements = \\{([^}]*)\\}");

    private NodeMeter() {}

    /** Without what cannot be measured now, because the agent is being restarted. */
    static Map<Quantity, Double> measure(AgentTestbed testbed, Host node) {
        Map<Quantity, Double> values = new EnumMap<>(Quantity.class);
        long pid = testbed.stack().daemon(node).pid();
        put(
                values,
                Quantity.MEMORY,
                OptionalDouble.of(MemoryUse.of(testbed.stack().daemons(node)).resident()));
        put(values, Quantity.DESCRIPTORS, entries(pid, "fd"));
        put(values, Quantity.THREADS, entries(pid, "task"));
        put(
                values,
                Quantity.TRACKED,
                number(node.run("cat", "/proc/sys/net/netfilter/nf_conntrack_count")
                        .output()));
        put(
                values,
                Quantity.ELEMENTS,
                OptionalDouble.of(elements(node.run("nft", "list", "ruleset").output())));
        try {
            Matcher lateness = LATENESS.matcher(testbed.ask(node, "status json"));
            put(values, Quantity.LATENESS, lateness.find() ? number(lateness.group(1)) : OptionalDouble.empty());
        } catch (LabException e) {
            // It does not answer just now.
        }
        return values;
    }

    private static void put(Map<Quantity, Double> values, Quantity quantity, OptionalDouble value) {
        value.ifPresent(number -> {
            if (number > 0 || quantity == Quantity.LATENESS || quantity == Quantity.ELEMENTS) {
                values.put(quantity, number);
            }
        });
    }

    private static OptionalDouble entries(long pid, String folder) {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(pid), folder))) {
            return OptionalDouble.of((double) all.count());
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    private static OptionalDouble number(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }

    static double elements(String ruleset) {
        return ELEMENTS.matcher(ruleset)
                .results()
                .map(found -> List.of(found.group(1).split(",")))
                .mapToInt(List::size)
                .sum();
    }
}
