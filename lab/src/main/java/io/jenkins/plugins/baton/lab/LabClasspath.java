package io.jenkins.plugins.baton.lab;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The lab's own classes, for a JVM that is started in another network namespace. */
public final class LabClasspath {
    private LabClasspath() {}

    /** As {@code java -cp} takes it. */
    public static String path() {
        try {
            return Path.of(LabClasspath.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new LabException("cannot tell where the lab's classes are", e);
        }
    }
}
