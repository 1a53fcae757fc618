package io.jenkins.plugins.baton.jenkins;

import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Three hosts with systemd, booted once for all tests that ask for a {@link SystemdLab} and switched off after the last
 * test. Each test leaves the cluster as it found it: whole, or not deployed yet.
 */
final class SharedLab implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == SystemdLab.class;
    }

    @Override
    public SystemdLab resolveParameter(ParameterContext parameter, ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(SharedLab.class))
                .getOrComputeIfAbsent(Booted.class, key -> new Booted(), Booted.class)
                .lab;
    }

    private static final class Booted implements AutoCloseable, ExtensionContext.Store.CloseableResource {
        private final Path folder;
        private final SystemdLab lab;

        Booted() {
            try {
                folder = Files.createTempDirectory("baton-jenkins");
                lab = SystemdLab.start("jenk", folder.resolve("lab"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            lab.close();
            Files.deleteIfExists(folder);
        }
    }
}
