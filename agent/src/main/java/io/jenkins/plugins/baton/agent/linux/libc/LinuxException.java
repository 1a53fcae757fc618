package io.jenkins.plugins.baton.agent.linux.libc;

import com.sun.jna.Native;
import java.io.IOException;

/**
 * The kernel refused. The message is one sentence for a person: what was attempted on what, the name of the error, and
 * the remedy where there is one, as in {@code open VRRP socket on eth0: EPERM (operation not permitted): needs
 * CAP_NET_RAW}.
 */
public final class LinuxException extends IOException {
    private static final long serialVersionUID = 1;

    private final int code;

    private LinuxException(String message, int code) {
        super(message);
        this.code = code;
    }

    public LinuxException(String attempted, Errno errno) {
        this(sentence(attempted, errno.code(), ""), errno.code());
    }

    /** The errno of the libc call that this thread made last; call it before any other libc call. */
    public static LinuxException last(String attempted) {
        return of(attempted, Native.getLastError(), "");
    }

    /** As {@link #last(String)}; when permission was the trouble the message names the capability that is missing. */
    public static LinuxException last(String attempted, Capability needed) {
        int code = Native.getLastError();
        Errno errno = Errno.of(code);
        boolean denied = errno == Errno.EPERM || errno == Errno.EACCES;
        return of(attempted, code, denied ? "needs " + needed.displayName() : "");
    }

    /** As {@link #last(String)} for a packet: no capability is missing, a rule of netfilter or of a cgroup drops it. */
    public static LinuxException lastSend(String attempted) {
        int code = Native.getLastError();
        boolean denied = Errno.of(code) == Errno.EPERM;
        return of(attempted, code, denied ? "a firewall of this node drops it; let IP protocol 112 (VRRP) out" : "");
    }

    public static LinuxException of(String attempted, int code, String remedy) {
        return new LinuxException(sentence(attempted, code, remedy), code);
    }

    /** A libc or kernel that lacks something altogether. */
    public static LinuxException unsupported(String sentence) {
        return new LinuxException(sentence, Errno.ENOSYS.code());
    }

    private static String sentence(String attempted, int code, String remedy) {
        Errno errno = Errno.of(code);
        String what = errno == Errno.OTHER ? "errno " + code : errno.name() + " (" + errno.meaning() + ")";
        return attempted + ": " + what + (remedy.isEmpty() ? "" : ": " + remedy);
    }

    public Errno errno() {
        return Errno.of(code);
    }

    /** The error number itself. */
    public int code() {
        return code;
    }
}
