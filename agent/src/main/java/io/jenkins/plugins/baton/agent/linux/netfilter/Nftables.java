package io.jenkins.plugins.baton.agent.linux.netfilter;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import io.jenkins.plugins.baton.agent.linux.libc.Errno;
import io.jenkins.plugins.baton.agent.linux.libc.LinuxException;
import java.nio.charset.StandardCharsets;

/**
 * The packet filter of the network namespace, by libnftables: what {@code nft -f} does, without a process for each
 * change. The library is loaded at the first {@link #open}, not before: the proxy plane does without.
 */
public final class Nftables implements AutoCloseable {
    private static final String LIBRARY = "libnftables.so.1";
    private static final int NFT_CTX_DEFAULT = 0;
    private static final int NFT_CTX_OUTPUT_STATELESS = 1 << 2;

    private long context;

    private Nftables(long context) {
        this.context = context;
    }

    /** Whether there is a libnftables. */
    public static boolean isInstalled() {
        try {
            NativeLibrary.getInstance(LIBRARY);
            return true;
        } catch (UnsatisfiedLinkError e) {
            return false;
        }
    }

    /** @throws LinuxException when libnftables is not installed, or is another than the one that Baton knows */
    public static Nftables open() throws LinuxException {
        try {
            long context = Functions.nft_ctx_new(NFT_CTX_DEFAULT);
            if (context == 0) {
                throw new LinuxException("open libnftables", Errno.ENOMEM);
            }
            Functions.nft_ctx_buffer_output(context);
            Functions.nft_ctx_buffer_error(context);
            return new Nftables(context);
        } catch (LinkageError e) {
            throw LinuxException.unsupported("load " + LIBRARY
                    + ": this system has none that Baton can use: install libnftables1 (Debian) or nftables (Red Hat)");
        }
    }

    /**
     * Runs commands in the language of nft(8) as one transaction: all of them take effect at one moment, or none does.
     * Takes one to a few milliseconds, more where other tables are large.
     *
     * @return what the commands print
     * @throws NftablesException when the kernel or the library refuses; then nothing has changed
     */
    public String run(String commands) throws NftablesException {
        byte[] text = commands.getBytes(StandardCharsets.UTF_8);
        try (Memory memory = new Memory(text.length + 1L)) {
            memory.write(0, text, 0, text.length);
            memory.setByte(text.length, (byte) 0);
            int status = Functions.nft_run_cmd_from_buffer(context, Pointer.nativeValue(memory));
            // Both buffers are emptied by reading them.
            String errors = string(Functions.nft_ctx_get_error_buffer(context));
            String output = string(Functions.nft_ctx_get_output_buffer(context));
            if (status != 0) {
                throw NftablesException.of(errors);
            }
            return output;
        }
    }

    /** As {@link #run}, but what it prints is without the values of counters: the same as long as the rules are. */
    public String runStateless(String commands) throws NftablesException {
        Functions.nft_ctx_output_set_flags(context, NFT_CTX_OUTPUT_STATELESS);
        try {
            return run(commands);
        } finally {
            Functions.nft_ctx_output_set_flags(context, 0);
        }
    }

    private static String string(long address) {
        return address == 0 ? "" : new Pointer(address).getString(0, StandardCharsets.UTF_8.name());
    }

    @Override
    public void close() {
        if (context != 0) {
            Functions.nft_ctx_free(context);
            context = 0;
        }
    }

    /** Bound when it is first used. */
    private static final class Functions {
        static {
            Native.register(Functions.class, NativeLibrary.getInstance(LIBRARY));
        }

        static native long nft_ctx_new(int flags);

        static native void nft_ctx_free(long context);

        static native int nft_ctx_buffer_output(long context);

        static native int nft_ctx_buffer_error(long context);

        static native void nft_ctx_output_set_flags(long context, int flags);

        static native long nft_ctx_get_output_buffer(long context);

        static native long nft_ctx_get_error_buffer(long context);

        static native int nft_run_cmd_from_buffer(long context, long commands);
    }
}
