package io.jenkins.plugins.baton.fleet.ssh.output;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.Optional;

/** Lines of a peer that may never end one. */
public final class BoundedLines {
    private final BufferedReader reader;
    private final int limit;
    private boolean afterReturn;

    /** @param limit of characters in one line */
    public BoundedLines(Reader reader, int limit) {
        this.reader = new BufferedReader(reader);
        this.limit = limit;
    }

    /**
     * The next line, without its end; waits for it.
     *
     * @return empty at the end
     * @throws OutputTooLongException when the line is longer than the limit
     */
    public Optional<String> next() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            boolean second = c == '\n' && afterReturn;
            afterReturn = c == '\r';
            if (second) {
                continue;
            }
            if (c == '\n' || c == '\r') {
                return Optional.of(line.toString());
            }
            if (line.length() == limit) {
                throw new OutputTooLongException(limit);
            }
            line.append((char) c);
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }
}
