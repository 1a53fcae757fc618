package io.jenkins.plugins.baton.fleet.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.schmizz.sshj.DefaultConfig;
import net.schmizz.sshj.common.Factory;
import org.junit.jupiter.api.Test;

class AlgorithmsTest {
    private static DefaultConfig config(String... known) {
        DefaultConfig config = new DefaultConfig();
        Algorithms.choose(config, List.of(known));
        return config;
    }

    private static List<String> keys(DefaultConfig config) {
        return Factory.Named.Util.getNames(config.getKeyAlgorithms());
    }

    @Test
    void nothingThatIsBrokenIsOffered() {
        DefaultConfig config = config();

        assertThat(Factory.Named.Util.getNames(config.getKeyExchangeFactories()))
                .contains("curve25519-sha256", "ecdh-sha2-nistp256", "diffie-hellman-group14-sha256", "ext-info-c")
                .noneMatch(name -> name.endsWith("sha1"));
        assertThat(Factory.Named.Util.getNames(config.getCipherFactories()))
                .contains("aes256-gcm@openssh.com", "aes128-ctr", "chacha20-poly1305@openssh.com")
                .noneMatch(name -> name.matches(".*(cbc|3des|arcfour|blowfish|cast|idea).*"));
        assertThat(Factory.Named.Util.getNames(config.getMACFactories()))
                .contains("hmac-sha2-256", "hmac-sha2-512-etm@openssh.com")
                .noneMatch(name -> name.matches(".*(md5|sha1|ripemd).*"));
        assertThat(keys(config)).doesNotContain("ssh-rsa", "ssh-dss").contains("rsa-sha2-512", "ssh-ed25519");
    }

    @Test
    void theTypesThatAHostIsKnownByAreAskedForFirst() {
        assertThat(keys(config("ssh-rsa")).subList(0, 2)).containsExactly("rsa-sha2-512", "rsa-sha2-256");
        assertThat(keys(config("ecdsa-sha2-nistp256", "ssh-rsa")).subList(0, 3))
                .containsExactlyInAnyOrder("ecdsa-sha2-nistp256", "rsa-sha2-512", "rsa-sha2-256");
        assertThat(keys(config("ssh-rsa"))).containsExactlyInAnyOrderElementsOf(keys(config()));
    }
}
