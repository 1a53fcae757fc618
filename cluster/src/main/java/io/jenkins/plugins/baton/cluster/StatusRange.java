package io.jenkins.plugins.baton.cluster;

/** HTTP statuses that are a success, both ends included. */
public record StatusRange(int from, int to) {
    public boolean contains(int status) {
        return status >= from && status <= to;
    }
}
