package io.jenkins.plugins.baton.agent.plane.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenFilesTest {

    @ParameterizedTest
    @CsvSource({"65536, 32640", "1024, 384", "64, 16", "2, 1", "9223372036854775807, 2147483647"})
    void sessionsLeaveRoomForTheRestOfTheAgent(long limit, int sessions) {
        assertThat(OpenFiles.sessionsThatFit(limit)).isEqualTo(sessions);
    }
}
