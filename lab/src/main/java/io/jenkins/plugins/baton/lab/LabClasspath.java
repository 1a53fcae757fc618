package io.jenkins.plugins.baton.lab;

import io.jenkins.plugins.baton.probe.Sample;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** The classes of the lab and of its client, for a JVM that is started in another network namespace. */
public final class LabClasspath {
    private LabClasspath() {}

    /** As {@code java -cp} takes it. */
    public static String path() {
        return origin(LabClasspath.class) + File.pathSeparator + origin(Sample.class);
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new LabException("cannot tell where the lab's classes are", e);
        }
    }
}
