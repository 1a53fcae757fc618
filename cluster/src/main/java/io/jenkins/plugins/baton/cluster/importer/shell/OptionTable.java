package io.jenkins.plugins.baton.cluster.importer.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The options of a program whose meaning is known. One that is not in the table has a meaning that is not known, and then
 * the whole command is not.
 */
final class OptionTable {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> withArgument = new HashMap<>();

    /** @param options the ways to write it, as in {@code -f --fail}; the last one is its name */
    OptionTable flag(String options) {
        return add(names, options);
    }

    OptionTable argument(String options) {
        return add(withArgument, options);
    }

    private OptionTable add(Map<String, String> table, String options) {
        String[] all = options.split(" ");
        for (String option : all) {
            table.put(option, all[all.length - 1]);
        }
        return this;
    }

    /** @param values by the option's name; flags have an empty one */
    record Parsed(Map<String, List<String>> values, List<String> operands) {
        boolean has(String name) {
            return values.containsKey(name);
        }

        /** The last one given holds. */
        Optional<String> value(String name) {
            return Optional.ofNullable(values.get(name)).map(all -> all.get(all.size() - 1));
        }
    }

    /** @return empty when an option is unknown or lacks its argument */
    Optional<Parsed> parse(List<String> arguments) {
        Parsed parsed = new Parsed(new HashMap<>(), new ArrayList<>());
        for (int i = 0; i < arguments.size(); i++) {
            String word = arguments.get(i);
            Optional<String> next = i + 1 < arguments.size() ? Optional.of(arguments.get(i + 1)) : Optional.empty();
            if (!word.startsWith("-") || word.equals("-")) {
                parsed.operands().add(word);
                continue;
            }
            int taken = word.startsWith("--") ? longOption(word, next, parsed) : shortOptions(word, next, parsed);
            if (taken < 0) {
                return Optional.empty();
            }
            i += taken;
        }
        return Optional.of(parsed);
    }

    /** @return how many further words belong to it; -1 when it is unknown */
    private int longOption(String word, Optional<String> next, Parsed parsed) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        if (equals < 0 && names.containsKey(name)) {
            put(parsed, names.get(name), "");
            return 0;
        }
        if (!withArgument.containsKey(name) || equals < 0 && next.isEmpty()) {
            return -1;
        }
        put(parsed, withArgument.get(name), equals < 0 ? next.get() : word.substring(equals + 1));
        return equals < 0 ? 1 : 0;
    }

    /** Several may stand together, and an argument may follow its option without a space. */
    private int shortOptions(String word, Optional<String> next, Parsed parsed) {
        for (int i = 1; i < word.length(); i++) {
            String option = "-" + word.charAt(i);
            if (names.containsKey(option)) {
                put(parsed, names.get(option), "");
            } else if (withArgument.containsKey(option)) {
                boolean attached = i + 1 < word.length();
                if (!attached && next.isEmpty()) {
                    return -1;
                }
                put(parsed, withArgument.get(option), attached ? word.substring(i + 1) : next.get());
                return attached ? 0 : 1;
            } else {
                return -1;
            }
        }
        return 0;
    }

    private static void put(Parsed parsed, String name, String value) {
        parsed.values().computeIfAbsent(name, any -> new ArrayList<>()).add(value);
    }
}
