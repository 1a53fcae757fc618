package io.jenkins.plugins.baton.agent.linux.libc;

/** Loads what this package needs from the operating system, at a moment when a failure can still be told well. */
public final class NativeLibraries {
    private NativeLibraries() {}

    /**
     * Binds the libc functions; takes some tens of milliseconds the first time. Without it the first use does the same
     * and fails with a linkage error.
     *
     * @throws LinuxException when the native library of JNA cannot be loaded or libc lacks a function
     */
    public static void load() throws LinuxException {
        try {
            Libc.close(-1);
        } catch (LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw LinuxException.unsupported("bind the functions of libc: " + cause.getMessage()
                    + ": needs Linux on x86_64 or aarch64 with glibc, and JNA's native library for it");
        }
    }
}
