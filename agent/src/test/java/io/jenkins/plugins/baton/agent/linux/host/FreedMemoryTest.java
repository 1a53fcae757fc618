package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FreedMemoryTest {
    /** What is needed of them is read again: this test goes on to its end. */
    @Test
    void pagesOfProgramsAreGivenBack() throws Exception {
        long before = pagesOfFiles();
        FreedMemory.releaseAfterStart();
        assertThat(pagesOfFiles()).isLessThan(before);
    }

    /** In KB. */
    private static long pagesOfFiles() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssFile:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
