package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.IpLiteral;
import java.net.InetAddress;

/** Values as messages show them. */
final class Text {
    private Text() {}

    static String of(Object value) {
        return value instanceof InetAddress address ? IpLiteral.text(address) : value.toString();
    }
}
