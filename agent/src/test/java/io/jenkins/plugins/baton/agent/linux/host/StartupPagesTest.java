package io.jenkins.plugins.baton.agent.linux.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;

class StartupPagesTest {

    @Test
    void onlyWhatTheFileStillHasIsGivenBack() throws IOException {
        String smaps = """
                7f0000000000-7f0000001000 r-xp 00000000 08:01 17                         /usr/lib/libc.so.6
                Size:                  4 kB
                Rss:                   4 kB
                Anonymous:             0 kB
                LazyFree:              0 kB
                VmFlags: rd ex mr mw me lo
                7f0000001000-7f0000003000 r--p 00001000 08:01 17                         /usr/lib/libc.so.6
                Rss:                   8 kB
                Anonymous:             4 kB
                7f0000003000-7f0000004000 rw-p 00003000 08:01 17                         /usr/lib/libc.so.6
                Rss:                   4 kB
                Anonymous:             0 kB
                7f0000004000-7f0000006000 r--p 00000000 08:01 18                         /opt/baton/lib/my archive.jsa
                Rss:                   8 kB
                Anonymous:             0 kB
                7f0000006000-7f0000007000 r--s 00000000 08:01 19                         /opt/baton/runtime/lib/modules
                Anonymous:             0 kB
                7f0000007000-7f0000008000 r--p 00000000 00:00 0
                Anonymous:             0 kB
                7ffc00000000-7ffc00002000 r-xp 00000000 00:00 0                          [vdso]
                Anonymous:             0 kB
                """;
        assertThat(StartupPages.cleanFiles(new BufferedReader(new StringReader(smaps))))
                .containsExactly(
                        new StartupPages.Mapping(0x7f0000000000L, 0x7f0000001000L),
                        new StartupPages.Mapping(0x7f0000004000L, 0x7f0000006000L));
    }

    @Test
    void processGoesOnWithoutThem() throws IOException {
        assertThatCode(() -> {
                    StartupPages.release();
                    StartupPages.release();
                })
                .doesNotThrowAnyException();
    }
}
