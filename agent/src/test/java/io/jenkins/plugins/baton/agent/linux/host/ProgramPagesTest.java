package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramPagesTest {
    private static final String TABLES =
            "7f0000001000-7f0000003000 r--p 00000000 fe:00 2146761    /opt/a b/lib/libjvm.so";

    @Test
    void aLibrarysTablesAndTheClassesOfTheRuntimeAreReleased() {
        assertThat(ProgramPages.releasable(List.of(
                        TABLES,
                        "Size:                  8 kB",
                        "Private_Clean:         8 kB",
                        "Anonymous:             0 kB",
                        "Swap:                  0 kB",
                        "7f0000005000-7f0000006000 r--s 00000000 fe:00 2146762    /opt/a b/runtime/lib/modules",
                        "Anonymous:             0 kB",
                        "Swap:                  0 kB")))
                .containsExactly(
                        new ProgramPages.Range(0x7f0000001000L, 0x2000),
                        new ProgramPages.Range(0x7f0000005000L, 0x1000));
    }

    @Test
    void whatTheLinkerHasWrittenIsKept() {
        assertThat(ProgramPages.releasable(
                        List.of(TABLES, "Anonymous:             4 kB", "Swap:                  0 kB")))
                .isEmpty();
    }

    @Test
    void whatTheLinkerHasWrittenIsKeptWhereItIsSwappedOut() {
        assertThat(ProgramPages.releasable(
                        List.of(TABLES, "Anonymous:             0 kB", "Swap:                  4 kB")))
                .isEmpty();
    }

    @Test
    void whatATakeoverMayCallIsKept() {
        assertThat(ProgramPages.releasable(List.of(
                        "7f0000003000-7f0000005000 r-xp 00251000 fe:00 2146761    /opt/baton/runtime/lib/libjvm.so",
                        "Anonymous:             0 kB",
                        "7f0000007000-7f0000008000 r-xp 00000000 fe:00 2146763    /opt/baton/lib/native/libjnidispatch.so",
                        "Anonymous:             0 kB",
                        "800c42000-801c8f000 r--p 00c43000 fe:00 2172018    /opt/baton/lib/baton-agent.jsa",
                        "Anonymous:             0 kB")))
                .isEmpty();
    }

    @Test
    void memoryOfNoFileAndWhatMayBeWrittenIsKept() {
        assertThat(ProgramPages.releasable(List.of(
                        "f0170000-f3330000 ---p 00000000 00:00 0 ",
                        "Anonymous:             0 kB",
                        "7f0000008000-7f0000009000 rw-p 00000000 fe:00 2146761    /opt/baton/lib/libjvm.so",
                        "Anonymous:             0 kB",
                        "7ffd00000000-7ffd00001000 r--p 00000000 00:00 0          [vvar]",
                        "Anonymous:             0 kB")))
                .isEmpty();
    }
}
