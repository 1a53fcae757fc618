package io.jenkins.plugins.baton.agent.health.tls;

import javax.net.ssl.SSLException;

/** The server's first octets are no record of TLS (RFC 8446 section 5.1). */
public final class NotTlsException extends SSLException {
    private static final long serialVersionUID = 1;

    NotTlsException() {
        super("the answer is not TLS");
    }
}
