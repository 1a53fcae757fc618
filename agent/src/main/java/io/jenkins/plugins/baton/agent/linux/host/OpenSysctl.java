package io.jenkins.plugins.baton.agent.linux.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * A kernel parameter that is read again and again: its file stays open. Of an interface that was made anew it is another
 * file; the old one says that it is gone, and then it is opened again. On one thread.
 */
public final class OpenSysctl implements AutoCloseable {
    private final Sysctl parameter;
    private final ByteBuffer value = ByteBuffer.allocateDirect(64);
    /** Null before the first look, and after one that failed. */
    private FileChannel file;

    public OpenSysctl(Sysctl parameter) {
        this.parameter = parameter;
    }

    /**
     * Whether the parameter has this value.
     *
     * @throws IOException when this kernel has no such parameter
     */
    boolean is(String wanted) throws IOException {
        if (file != null) {
            try {
                return isRead(wanted);
            } catch (IOException e) {
                close();
            }
        }
        file = FileChannel.open(parameter.file());
        return isRead(wanted);
    }

    private boolean isRead(String wanted) throws IOException {
        value.clear();
        file.read(value, 0);
        return StandardCharsets.US_ASCII.decode(value.flip()).toString().strip().equals(wanted);
    }

    /** As {@link Sysctl#ensure}. */
    public boolean ensure(String wanted) throws IOException {
        boolean other = !is(wanted);
        if (other) {
            parameter.write(wanted);
        }
        return other;
    }

    @Override
    public void close() {
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                // It was read only.
            }
            file = null;
        }
    }
}
