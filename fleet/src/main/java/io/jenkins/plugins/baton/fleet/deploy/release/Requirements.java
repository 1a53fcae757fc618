package io.jenkins.plugins.baton.fleet.deploy.release;

import io.jenkins.plugins.baton.fleet.deploy.inventory.Facts;
import java.lang.module.ModuleDescriptor.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a release needs of a host, as its own {@code REQUIREMENTS} state it: {@code KEY=VALUE} lines. Pure.
 *
 * @param glibc the oldest C library that its runtime and native libraries can be linked with; empty: it does not say
 * @param kernel the oldest Linux; empty: it does not say
 */
public record Requirements(String glibc, String kernel) {
    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)*");

    public static Requirements parse(String text) {
        Map<String, String> values = text.lines()
                .filter(line -> line.contains("="))
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf('=')),
                        line -> line.substring(line.indexOf('=') + 1).strip(),
                        (first, second) -> first));
        return new Requirements(values.getOrDefault("glibc", ""), values.getOrDefault("kernel", ""));
    }

    /** What a node lacks, a sentence's end each. */
    public List<String> missing(Facts facts) {
        List<String> missing = new ArrayList<>();
        String library = facts.one("libc");
        if (library.startsWith("musl")) {
            missing.add(
                    "its C library is musl, and the agent is made for glibc; take a host of Debian, Ubuntu, Red Hat, "
                            + "SUSE or their kin");
        } else if (library.startsWith("glibc") && isOlder(library, glibc)) {
            missing.add("has " + library + ", and this release needs " + glibc + " for its Java runtime; build one for "
                    + "older hosts (`make build RUNTIME_JDK=DIR` with a JDK that is made for them: Temurin needs 2.17), or "
                    + "upgrade the host");
        }
        if (isOlder(facts.one("kernel"), kernel)) {
            missing.add("its kernel is Linux " + facts.one("kernel") + ", and this release needs " + kernel
                    + "; upgrade the host");
        }
        return missing;
    }

    /** Whatever is unknown is not older. */
    private static boolean isOlder(String found, String needed) {
        Matcher there = NUMBERS.matcher(found);
        Matcher least = NUMBERS.matcher(needed);
        return there.find() && least.find() && Version.parse(there.group()).compareTo(Version.parse(least.group())) < 0;
    }
}
