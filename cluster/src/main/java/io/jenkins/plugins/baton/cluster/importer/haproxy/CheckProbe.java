package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is asked of a server, as the keys of a check.
 *
 * @param settings of its proxy
 * @param server whose options say how it is checked
 */
record CheckProbe(CheckSettings settings, ServerLine server) {

    /** The check's type and what it asks, as the keys of a YAML flow mapping. */
    Setting<String> keys(ImportNotes importNotes) {
        if (isElsewhere()) {
            settings.lines()
                    .forEach(
                            line -> importNotes.notCarried(
                                    line,
                                    "the check does not go to the server's own address and port, so it was made one of type tcp"));
            return Setting.byDefault("type: tcp", "");
        }
        boolean overTls = isOverTls();
        String target = overTls ? tlsTarget(importNotes) : "";
        if (!settings.isHttp()) {
            // Any answer over TLS is what ssl-hello-chk and check-ssl ask for.
            return overTls
                    ? new Setting<>("type: https, path: /, expect: 100-599" + target, settings.lines(), "")
                    : new Setting<>("type: tcp", List.of(), "");
        }
        Setting<String> method = settings.method();
        if (!method.value().equals("GET")) {
            method.line().ifPresent(line -> importNotes.notCarried(line, method.value() + ": Baton sends GET"));
        }
        String name = overTls
                ? target
                : settings.host().map(h -> ", host: " + Yaml.text(h.value())).orElse("");
        return new Setting<>(
                "type: " + (overTls ? "https" : "http") + ", path: " + Yaml.text(settings.path()) + name + ", expect: "
                        + settings.expect(),
                settings.lines(),
                "");
    }

    /** Which of the server's options the keys carry. */
    List<String> carried() {
        List<String> carried = new ArrayList<>();
        boolean overTls = isOverTls() && !isElsewhere();
        if (overTls) {
            carried.addAll(List.of("check-sni", "verifyhost"));
        }
        if (!isElsewhere()) {
            carried.add("port");
        }
        if (server.options().getOrDefault("verify", "none").equals("none")) {
            carried.add("verify");
        } else if (overTls && isVerified()) {
            carried.addAll(List.of("verify", "ca-file"));
        }
        return carried;
    }

    private boolean isElsewhere() {
        boolean otherPort = server.has("port")
                && server.number("port", 0, 65535) != server.endpoint().port();
        return settings.isElsewhere() || otherPort || server.has("addr");
    }

    private boolean isOverTls() {
        return settings.isTls() || server.has("check-ssl");
    }

    private boolean isVerified() {
        return server.options().getOrDefault("verify", "").equals("required")
                && server.options().getOrDefault("ca-file", "").startsWith("/");
    }

    private String tlsTarget(ImportNotes importNotes) {
        boolean named = settings.host().isPresent() || settings.sni().isPresent() || server.has("check-sni");
        if (isVerified() && named && !server.has("verifyhost")) {
            importNotes.notCarried(
                    server.at(),
                    "verify required: with a host, a check of Baton verifies the certificate's name as well, which haproxy"
                            + " does with verifyhost only; see that the certificate has it");
        }
        String ca = isVerified() ? ", ca: " + Yaml.text(server.options().get("ca-file")) : "";
        return host(importNotes).map(name -> ", host: " + Yaml.text(name)).orElse("") + ca;
    }

    /** A check of Baton has one name, for the Host header and for TLS. */
    private Optional<String> host(ImportNotes importNotes) {
        Optional<Setting<String>> host = settings.host();
        Optional<Setting<String>> serverName = serverName(importNotes);
        if (host.isPresent()
                && serverName.filter(s -> s.value().equals(host.get().value())).isEmpty()) {
            String one = "Host and the TLS server name are one in a check of Baton; "
                    + host.get().value() + " is both";
            host.get().line().ifPresent(line -> importNotes.notCarried(line, one));
            serverName.flatMap(Setting::line).ifPresent(line -> importNotes.notCarried(line, one));
        }
        Optional<Setting<String>> name = host.or(() -> serverName);
        if (name.isPresent() && !name.get().value().matches(CheckSettings.HOST)) {
            name.get()
                    .line()
                    .ifPresent(line -> importNotes.notCarried(line, name.get().value() + ": it is not a host name"));
            return Optional.empty();
        }
        return name.map(Setting::value);
    }

    /** The name that haproxy sends over TLS; else the one that it wants in the certificate. */
    private Optional<Setting<String>> serverName(ImportNotes importNotes) {
        Optional<Setting<String>> sent = Optional.ofNullable(server.options().get("check-sni"))
                .map(name -> Setting.of(name, server.at()))
                .or(settings::sni);
        Optional<String> wanted = Optional.ofNullable(server.options().get("verifyhost"));
        if (sent.isPresent()
                && wanted.filter(name -> !name.equals(sent.get().value())).isPresent()) {
            importNotes.notCarried(
                    server.at(),
                    "verifyhost: a check of Baton has one name; " + sent.get().value() + " was taken");
        }
        return sent.or(() -> wanted.map(name -> Setting.of(name, server.at())));
    }
}
