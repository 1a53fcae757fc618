package io.jenkins.plugins.baton.agent.linux.host;

import com.sun.jna.Pointer;
import io.jenkins.plugins.baton.agent.linux.libc.Libc;
import io.jenkins.plugins.baton.agent.linux.libc.NativeMemory;
import java.util.OptionalInt;

/** Names and numbers of this host's users, as the C library knows them (getpwuid_r(3)). It may ask a server. */
public final class Users {
    private static final int BUFFER = 1 << 14;

    /** struct passwd: name, password, user, group and more. */
    private static final int SIZEOF_PASSWD = 48;

    private static final int OFFSET_NAME = 0;
    private static final int OFFSET_UID = 16;

    private Users() {}

    /** The user of this process. */
    public static int own() {
        return Libc.geteuid();
    }

    /** The user's name; where it has none its number, as Java's own principals have it. */
    public static String name(int user) {
        NativeMemory entry = new NativeMemory(SIZEOF_PASSWD);
        NativeMemory buffer = new NativeMemory(BUFFER);
        NativeMemory result = new NativeMemory(Long.BYTES);
        int failure = Libc.getpwuid_r(user, entry.address(), buffer.address(), BUFFER, result.address());
        boolean found = failure == 0 && result.bytes().getLong(0) != 0;
        return found ? new Pointer(entry.bytes().getLong(OFFSET_NAME)).getString(0) : Integer.toUnsignedString(user);
    }

    /** The number of the user with this name, if there is one. */
    public static OptionalInt number(String name) {
        NativeMemory entry = new NativeMemory(SIZEOF_PASSWD);
        NativeMemory buffer = new NativeMemory(BUFFER);
        NativeMemory result = new NativeMemory(Long.BYTES);
        int failure = Libc.getpwnam_r(name, entry.address(), buffer.address(), BUFFER, result.address());
        boolean found = failure == 0 && result.bytes().getLong(0) != 0;
        return found ? OptionalInt.of(entry.bytes().getInt(OFFSET_UID)) : OptionalInt.empty();
    }
}
