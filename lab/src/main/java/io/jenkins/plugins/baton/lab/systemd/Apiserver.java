package io.jenkins.plugins.baton.lab.systemd;

import io.jenkins.plugins.baton.lab.AddressPlan;
import java.io.IOException;
import java.nio.file.Path;

/** What answers TLS on the port of a kube-apiserver on every host; a GET of {@code /health} is 200 when it is ready. */
interface Apiserver {
    /** Where a kube-apiserver listens. */
    int PORT = AddressPlan.BACKEND_PORT;

    /** Configures and enables it on a host that is not booted yet; its certificate is in {@code /etc/lab}. */
    void install(Path root, String name) throws IOException;
}
