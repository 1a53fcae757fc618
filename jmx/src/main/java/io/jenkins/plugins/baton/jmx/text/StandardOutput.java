package io.jenkins.plugins.baton.jmx.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * Where the results of a command go. Unlike {@link System#out} it remembers that they did not get there, as on a full disk. One
 * thread writes.
 */
public final class StandardOutput {
    /** As the kernel says that a reader has seen enough (EPIPE), which is not for us to complain of. */
    private static final String NO_READER = "Broken pipe";

    private final Remembering stream;
    private final PrintWriter writer;

    /** @param stream in place of the process's own */
    public StandardOutput(OutputStream stream) {
        this.stream = new Remembering(stream);
        this.writer = new PrintWriter(new OutputStreamWriter(this.stream, charset()), true);
    }

    /** File descriptor 1. */
    public static StandardOutput ofProcess() {
        return new StandardOutput(new FileOutputStream(FileDescriptor.out));
    }

    /** In the terminal's encoding; each line is written when it ends. */
    public PrintWriter writer() {
        return writer;
    }

    /** Why something that was written did not arrive; empty when all did, or nobody reads it any more. */
    public Optional<String> failure() {
        writer.flush();
        return Optional.ofNullable(stream.failure)
                .map(failure -> String.valueOf(failure.getMessage()))
                .filter(text -> !text.contains(NO_READER));
    }

    /**
     * What a command ends with whose result goes here.
     *
     * @param code what it would end with
     * @param failed what a success becomes when something did not arrive
     * @param errors gets one sentence when something did not arrive
     */
    public int exitCode(int code, int failed, PrintWriter errors) {
        Optional<String> failure = failure();
        failure.ifPresent(why -> errors.println("Cannot write to standard output: " + why));
        return failure.isPresent() && code == 0 ? failed : code;
    }

    /** The terminal's encoding where Java knows one. */
    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("sun.stdout.encoding"));
        return name != null && Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    private static final class Remembering extends FilterOutputStream {
        private IOException failure;

        Remembering(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int from, int length) throws IOException {
            try {
                out.write(octets, from, length);
            } catch (IOException e) {
                failure = failure == null ? e : failure;
                throw e;
            }
        }
    }
}
