package io.jenkins.plugins.baton.agent.linux;

/** A file descriptor that is closed once. */
final class OpenFile {
    private int descriptor;

    OpenFile(int descriptor) {
        this.descriptor = descriptor;
    }

    int descriptor() {
        return descriptor;
    }

    void close() {
        int open = descriptor;
        descriptor = -1;
        if (open >= 0) {
            Libc.close(open);
        }
    }
}
