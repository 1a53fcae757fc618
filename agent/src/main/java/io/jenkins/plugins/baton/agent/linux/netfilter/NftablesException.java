package io.jenkins.plugins.baton.agent.linux.netfilter;

import io.jenkins.plugins.baton.agent.linux.libc.Capability;
import java.io.IOException;
import java.util.stream.Collectors;

/** A transaction that libnftables or the kernel refused, in their words. */
public final class NftablesException extends IOException {
    private static final long serialVersionUID = 1;
    private static final String MARK = "Error: ";
    private static final String DENIED = "Operation not permitted";

    private NftablesException(String message) {
        super(message);
    }

    /** Of commands that come from a buffer the library quotes the first line whatever the error is in; left out. */
    static NftablesException of(String printed) {
        String errors = printed.lines()
                .filter(line -> line.contains(MARK))
                .map(line -> line.substring(line.indexOf(MARK) + MARK.length()))
                .distinct()
                .collect(Collectors.joining("; "));
        String words = errors.isEmpty() ? printed.strip() : errors;
        String remedy = words.contains(DENIED) ? ": needs " + Capability.NET_ADMIN.displayName() : "";
        return new NftablesException("change the rules of nftables: " + words + remedy);
    }
}
