package io.jenkins.plugins.baton.agent.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretFileTest {
    private static final String OLD = "0011223344556677889900112233445566778899001122334455667788990011";
    private static final String NEW = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
    private static final byte[] MESSAGE = "m1 is MASTER".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    @Test
    void firstKeySignsAndAllAreAccepted() throws Exception {
        GroupSecret before = read("# of last year\n\n" + OLD + "\n");
        GroupSecret first = read(OLD + "\n" + NEW + "\n");
        GroupSecret second = read(NEW + "\n" + OLD + "\n");
        GroupSecret after = read(NEW.toUpperCase(Locale.ROOT) + "\n");

        assertThat(first.verifies(MESSAGE, before.sign(MESSAGE).orElseThrow())).isTrue();
        assertThat(before.verifies(MESSAGE, first.sign(MESSAGE).orElseThrow())).isTrue();
        assertThat(first.verifies(MESSAGE, second.sign(MESSAGE).orElseThrow())).isTrue();
        assertThat(second.verifies(MESSAGE, first.sign(MESSAGE).orElseThrow())).isTrue();
        assertThat(after.verifies(MESSAGE, second.sign(MESSAGE).orElseThrow())).isTrue();
        assertThat(after.verifies(MESSAGE, before.sign(MESSAGE).orElseThrow())).isFalse();
        assertThat(after.acceptsUnsigned()).isFalse();
    }

    @Test
    void wordUnsignedStandsForNoKey() throws Exception {
        GroupSecret first = read("unsigned\n" + OLD + "\n");
        GroupSecret second = read(OLD + "\nunsigned\n");

        assertThat(first.signs()).isFalse();
        assertThat(first.acceptsUnsigned()).isTrue();
        assertThat(second.signs()).isTrue();
        assertThat(second.acceptsUnsigned()).isTrue();
        assertThat(GroupSecret.NONE.acceptsUnsigned()).isTrue();
        assertThat(GroupSecret.NONE.verifies(MESSAGE, new byte[GroupSecret.SIGNATURE]))
                .isFalse();
    }

    @Test
    void whatIsNoSecretIsRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> read(OLD.substring(2) + "\n")).hasMessageContaining("line 1 has 31 bytes");
        assertThatThrownBy(() -> read(OLD + "\nbaton-baton-baton\n"))
                .hasMessageContaining("line 2 is not a key in hexadecimal")
                .hasMessageNotContaining("baton-baton");
        assertThatThrownBy(() -> read("\n# nothing\n")).hasMessageContaining("it has no key");
        assertThatThrownBy(() -> SecretFile.read(folder.resolve("missing")))
                .hasMessageContaining("there is no such file");
        assertThatThrownBy(() -> SecretFile.read(folder)).hasMessageContaining("not a regular file");
    }

    @Test
    void fileThatOthersMayReadIsRefused() throws Exception {
        Path file = write(OLD);
        for (String mode : new String[] {"rw-r--r--", "rw-rw----", "rw-----w-"}) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
            assertThatThrownBy(() -> SecretFile.read(file)).as(mode).hasMessageContaining("chmod 0640");
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(SecretFile.read(file).signs()).isTrue();
    }

    private GroupSecret read(String text) throws Exception {
        return SecretFile.read(write(text));
    }

    private Path write(String text) throws Exception {
        Path file = folder.resolve("secret");
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }
}
