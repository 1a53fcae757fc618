package io.jenkins.plugins.baton.fleet.deploy;

import java.io.Serializable;

/**
 * How a deployment goes about it.
 *
 * @param replaceKeepalived stop a running keepalived and haproxy on each node when its turn comes
 * @param rotateSecret replace the key of {@code secret}
 * @param planOnly say what would be done and do nothing
 */
public record Options(boolean replaceKeepalived, boolean rotateSecret, boolean planOnly) implements Serializable {
    public static final Options USUAL = new Options(false, false, false);
}
