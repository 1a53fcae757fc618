package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.time.Duration;
import java.util.List;

/**
 * A frontend with its backend, or a {@code listen}.
 *
 * @param at the section it stands in
 * @param lines of both sections that it carries as they are
 * @param binds at least one; where to listen
 * @param check as a YAML flow mapping, or {@code none}
 * @param servers at least one, each address once
 */
public record ImportedFrontend(
        Directive at,
        String name,
        List<Directive> lines,
        List<Bind> binds,
        Setting<String> balance,
        Setting<Duration> connect,
        Setting<Duration> idle,
        Setting<String> check,
        Setting<String> proxyProtocol,
        List<ServerLine> servers) {

    /** The first one, which is the only one once the binds have been fitted. */
    public Bind bind() {
        return binds.get(0);
    }

    public ImportedFrontend with(String otherName, Bind bind) {
        return new ImportedFrontend(
                at, otherName, lines, List.of(bind), balance, connect, idle, check, proxyProtocol, servers);
    }
}
