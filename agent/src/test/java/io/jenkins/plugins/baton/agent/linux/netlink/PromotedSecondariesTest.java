package io.jenkins.plugins.baton.agent.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.linux.host.Sysctl;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parameter is a plain file here. */
class PromotedSecondariesTest {
    @TempDir
    Path directory;

    private Sysctl promote;

    @BeforeEach
    void ofTheHost() throws IOException {
        promote = new Sysctl(Files.writeString(directory.resolve("promote_secondaries"), "0\n"));
    }

    @Test
    void parameterIsSetMeanwhileAndPutBack() throws Exception {
        Rtnetlink.promoting(promote, () -> assertThat(promote.file()).hasContent("1"));

        assertThat(promote.read()).isEqualTo("0");
    }

    @Test
    void parameterIsPutBackAfterARemovalThatFails() throws Exception {
        assertThatThrownBy(() -> Rtnetlink.promoting(promote, () -> {
                    throw new LinuxException("remove address", Errno.EBUSY);
                }))
                .isInstanceOf(LinuxException.class)
                .hasMessageContaining("EBUSY");

        assertThat(promote.read()).isEqualTo("0");
    }
}
