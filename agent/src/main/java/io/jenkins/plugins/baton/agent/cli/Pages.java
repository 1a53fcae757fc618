package io.jenkins.plugins.baton.agent.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Turns the form feeds between pages into what the reader needs: a cleared screen, or an empty line. */
final class Pages extends FilterOutputStream {
    /** ECMA-48: erase the display, cursor to the top left. */
    private static final String CLEAR = "\u001b[2J\u001b[H";

    private final byte[] separator;

    Pages(OutputStream out, boolean terminal) {
        super(out);
        this.separator = (terminal ? CLEAR : "\n").getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void write(int octet) throws IOException {
        if (octet == '\f') {
            out.write(separator);
        } else {
            out.write(octet);
        }
    }
}
