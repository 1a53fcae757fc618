package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.Endpoint;

/**
 * The URL of a named check, taken apart.
 *
 * @param path with its query, begins with a slash
 */
record CheckUrl(boolean tls, Endpoint target, String path) {
    String scheme() {
        return tls ? "https" : "http";
    }
}
