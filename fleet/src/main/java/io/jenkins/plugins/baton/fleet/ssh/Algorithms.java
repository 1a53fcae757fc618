package io.jenkins.plugins.baton.fleet.ssh;

import java.util.Comparator;
import java.util.List;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;

/** Which algorithms are offered: of what sshj has, those that today's ssh offers. */
final class Algorithms {
    private Algorithms() {}

    /**
     * @param config gets them
     * @param known the types of the keys that the host is known by: it is asked for these first, since it has one key of
     *     each type and shows the first that it is asked for
     */
    static void choose(DefaultConfig config, List<String> known) {
        config.setKeyExchangeFactories(config.getKeyExchangeFactories().stream()
                .filter(factory -> isKeyExchange(factory.getName()))
                .toList());
        config.setCipherFactories(config.getCipherFactories().stream()
                .filter(factory -> isCipher(factory.getName()))
                .toList());
        config.setMACFactories(config.getMACFactories().stream()
                .filter(factory -> factory.getName().startsWith("hmac-sha2-"))
                .toList());
        config.setKeyAlgorithms(config.getKeyAlgorithms().stream()
                .filter(factory -> isKey(factory.getName()))
                .sorted(Comparator.comparing(Factory.Named::getName, order(known)))
                .toList());
    }

    private static boolean isKeyExchange(String name) {
        return !name.endsWith("-sha1");
    }

    private static boolean isCipher(String name) {
        return name.matches("aes\\d+-(ctr|gcm@openssh\\.com)|chacha20-poly1305@openssh\\.com");
    }

    /** {@code ssh-rsa} is the name of RSA with SHA-1. */
    private static boolean isKey(String name) {
        return !name.startsWith("ssh-rsa") && !name.startsWith("ssh-dss");
    }

    /** Known ones first; certificates, which only logins use, last. */
    private static Comparator<String> order(List<String> known) {
        return Comparator.comparingInt(name -> isCertificate(name) ? 2 : known.contains(type(name)) ? 0 : 1);
    }

    private static boolean isCertificate(String algorithm) {
        return algorithm.contains("-cert-");
    }

    /** The type of key that an algorithm signs with. */
    private static String type(String algorithm) {
        return algorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : algorithm;
    }
}
