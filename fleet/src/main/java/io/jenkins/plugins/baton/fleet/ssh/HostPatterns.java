package io.jenkins.plugins.baton.fleet.ssh;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The first field of a known_hosts line: one hashed name, or names with {@code *} and {@code ?}, of which one behind
 * {@code !} excludes a host whatever else matches. Pure.
 */
record HostPatterns(List<Predicate<String>> included, List<Predicate<String>> excluded) {

    /** @return empty when the field is none */
    static Optional<HostPatterns> parse(String field) {
        if (field.startsWith("|")) {
            return hashed(field).map(hash -> new HostPatterns(List.of(hash), List.of()));
        }
        List<String> names = Stream.of(field.toLowerCase(Locale.ROOT).split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
        return Optional.of(new HostPatterns(
                names.stream()
                        .filter(name -> !name.startsWith("!"))
                        .map(HostPatterns::glob)
                        .toList(),
                names.stream()
                        .filter(name -> name.startsWith("!"))
                        .map(name -> glob(name.substring(1)))
                        .toList()));
    }

    boolean match(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return included.stream().anyMatch(pattern -> pattern.test(lower))
                && excluded.stream().noneMatch(pattern -> pattern.test(lower));
    }

    private static Predicate<String> glob(String name) {
        if (name.chars().noneMatch(c -> c == '*' || c == '?')) {
            return name::equals;
        }
        return host -> matches(name, host);
    }

    /**
     * From left to right, each star as short as can be: when the rest does not fit, only the last star can be the reason. A
     * regular expression would try all stars, and a line with many of them would take for ever.
     */
    private static boolean matches(String pattern, String host) {
        int p = 0;
        int afterStar = -1;
        int retry = 0;
        for (int h = 0; h < host.length(); ) {
            char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
            if (wanted == '*') {
                afterStar = ++p;
                retry = h;
            } else if (p < pattern.length() && (wanted == '?' || wanted == host.charAt(h))) {
                p++;
                h++;
            } else if (afterStar >= 0) {
                p = afterStar;
                h = ++retry;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    /** {@code |1|SALT|HASH}, of HMAC-SHA1. */
    private static Optional<Predicate<String>> hashed(String field) {
        String[] parts = field.split("\\|", -1);
        if (parts.length != 4 || !parts[1].equals("1")) {
            return Optional.empty();
        }
        try {
            byte[] salt = Base64.getDecoder().decode(parts[2]);
            byte[] hash = Base64.getDecoder().decode(parts[3]);
            return salt.length == 0
                    ? Optional.empty()
                    : Optional.of(name -> MessageDigest.isEqual(hash, hash(salt, name)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] hash(byte[] salt, String name) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(salt, "HmacSHA1"));
            return mac.doFinal(name.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA1", e);
        }
    }
}
