package io.jenkins.plugins.baton.fleet.cli;

import java.util.Optional;
import picocli.CommandLine.IVersionProvider;

/** As the jar's manifest says. */
final class Version implements IVersionProvider {
    static String text() {
        return Optional.ofNullable(Baton.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    @Override
    public String[] getVersion() {
        return new String[] {"baton " + text()};
    }
}
