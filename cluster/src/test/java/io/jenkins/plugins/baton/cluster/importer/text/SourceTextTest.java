package io.jenkins.plugins.baton.cluster.importer.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {
    private static final int MAX_BYTES = 1 << 20;

    @ParameterizedTest
    @ValueSource(strings = {"global\n", "\n# c\n! c\n  defaults quick\n", "frontend a", "listen\tb"})
    void fileThatBeginsWithASectionIsHaproxys(String text) {
        assertThat(new SourceText("x", text).looksLikeHaproxy()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"global_defs {\n}\nglobal\n", "vrrp_instance V {\n", "", "# global\n"})
    void otherFilesAreNot(String text) {
        assertThat(new SourceText("x", text).looksLikeHaproxy()).isFalse();
    }

    @Test
    void fileIsReadUpToItsLimit(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("k.conf"), "global_defs {\n}\n");

        SourceText source = SourceText.read(file);
        assertThat(source.name()).isEqualTo(file.toString());
        assertThat(source.text()).isEqualTo("global_defs {\n}\n");
        assertThat(SourceText.of("x", new byte[MAX_BYTES]).text()).hasSize(MAX_BYTES);
        assertThatThrownBy(() -> SourceText.of("x", new byte[MAX_BYTES + 1])).hasMessageContaining("larger than 1 MiB");
    }

    @Test
    void byteOrderMarksAreNamed() throws Exception {
        for (byte[] mark : new byte[][] {{(byte) 0xFF, (byte) 0xFE}, {(byte) 0xFE, (byte) 0xFF, 'a'}}) {
            assertThatThrownBy(() -> SourceText.of("x", mark)).hasMessageContaining("byte order mark (UTF-16)");
        }
        assertThat(SourceText.of("x", "\u00fe".getBytes(StandardCharsets.ISO_8859_1))
                        .text())
                .isEqualTo("\u00fe");
    }
}
