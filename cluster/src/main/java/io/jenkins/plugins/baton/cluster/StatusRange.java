package io.jenkins.plugins.baton.cluster;

import io.jenkins.plugins.baton.cluster.format.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP statuses that are a success, both ends included. */
public record StatusRange(int from, int to) {
    private static final Pattern WRITTEN = Pattern.compile("([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");

    static StatusRange parse(String text) throws InvalidValueException {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidValueException("is not a status 100..599 or a range of them; write 200 or 200-399");
        }
        int from = Integer.parseInt(matcher.group(1));
        int to = matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2));
        if (from > to) {
            throw new InvalidValueException("ends before it begins; write the lower status first");
        }
        return new StatusRange(from, to);
    }

    public boolean contains(int status) {
        return status >= from && status <= to;
    }
}
