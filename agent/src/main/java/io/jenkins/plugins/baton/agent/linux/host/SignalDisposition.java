package io.jenkins.plugins.baton.agent.linux.host;

import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;

/**
 * What the kernel does with a signal of this process for which the JVM has no handler. A process inherits it: under
 * {@code nohup} SIGHUP is ignored, and SIGINT is in what a shell without job control starts in the background
 * (signal(7)). The JVM leaves a signal alone that it finds ignored.
 */
public final class SignalDisposition {
    private static final long SIG_DFL = 0;
    private static final long SIG_ERR = -1;

    private SignalDisposition() {}

    /**
     * Makes the kernel do what it does with this signal by default, whatever the parent process left.
     *
     * @param number as in signal(7)
     */
    public static void reset(int number) throws LinuxException {
        if (Libc.signal(number, SIG_DFL) == SIG_ERR) {
            throw LinuxException.last("reset the disposition of signal " + number);
        }
    }
}
