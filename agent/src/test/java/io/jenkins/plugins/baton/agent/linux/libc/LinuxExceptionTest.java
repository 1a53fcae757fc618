package io.jenkins.plugins.baton.agent.linux.libc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LinuxExceptionTest {

    @Test
    void messageSaysWhatWasAttemptedWhatHappenedAndWhatToDo() {
        LinuxException e = LinuxException.of("open raw socket for VRRP", 1, "needs CAP_NET_RAW");

        assertThat(e).hasMessage("open raw socket for VRRP: EPERM (operation not permitted): needs CAP_NET_RAW");
        assertThat(e.errno()).isEqualTo(Errno.EPERM);
    }

    @Test
    void messageWithoutRemedyEndsWithTheError() {
        assertThat(new LinuxException("send to 224.0.0.18 on eth0", Errno.ENETDOWN))
                .hasMessage("send to 224.0.0.18 on eth0: ENETDOWN (network is down)");
    }

    @Test
    void numberOfAnErrorWithoutANameIsTold() {
        LinuxException e = LinuxException.of("bind", 4242, "");

        assertThat(e).hasMessage("bind: errno 4242");
        assertThat(e.errno()).isEqualTo(Errno.OTHER);
        assertThat(e.code()).isEqualTo(4242);
    }

    @Test
    void errorOfALibcCallIsItsErrno() {
        assertThat(Libc.close(-1)).isEqualTo(-1);
        assertThat(LinuxException.last("close nothing").errno()).isEqualTo(Errno.EBADF);
    }

    @Test
    void nameAndNumberOfEachErrorAgreeWithThoseOfTheSystem() {
        // strerrorname_np is in glibc since 2.32, and is used here only.
        var name = com.sun.jna.NativeLibrary.getProcess().getFunction("strerrorname_np");
        for (Errno errno : Errno.values()) {
            if (errno != Errno.OTHER) {
                assertThat(name.invokeString(new Object[] {errno.code()}, false))
                        .isEqualTo(errno.name());
            }
        }
    }
}
