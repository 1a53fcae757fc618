package io.jenkins.plugins.baton.cluster.importer.keepalived;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.util.List;
import java.util.Optional;

/** Reads {@code authentication}: what keepalived really sends. */
final class AuthenticationReader {
    private static final int MAX_PASSWORD = 8;
    private static final String AH =
            "VRRP has no AH any more (RFC 3768), and it is not PASS: agents send no authentication,"
                    + " so they and the keepalived that still run do not hear each other";

    private final ImportNotes importNotes;

    AuthenticationReader(ImportNotes importNotes) {
        this.importNotes = importNotes;
    }

    /**
     * @param instance the whole {@code vrrp_instance}
     * @param strict {@code vrrp_strict} where it is set
     */
    Setting<Optional<String>> password(Directive instance, int version, Optional<Directive> strict) {
        Optional<Directive> type = find(instance, "auth_type");
        Optional<Directive> password = find(instance, "auth_pass");
        Optional<String> reason = whyNot(
                type,
                password,
                version,
                instance.lines("strict_mode").findFirst().or(() -> strict));
        if (type.filter(line -> line.value().equals("AH")).isPresent()) {
            importNotes.fillIn(
                    instance.place() + ": " + AH + "; change all nodes to PASS first, or stop keepalived on all of"
                            + " them before the first agent starts");
        }
        if (reason.isPresent()) {
            type.ifPresent(line -> importNotes.notCarried(line, reason.get()));
            password.ifPresent(line -> importNotes.notCarried(line, reason.get()));
            return Setting.byDefault(Optional.empty(), "");
        }
        if (password.isEmpty()) {
            return Setting.byDefault(Optional.empty(), "");
        }
        String text = password.get().value();
        if (text.length() > MAX_PASSWORD) {
            importNotes.notCarried(password.get(), "VRRP sends 8 characters; those were taken, as keepalived does");
        }
        if (password.get().words().size() > 2) {
            importNotes.notCarried(
                    password.get(), "keepalived reads the first word only, unless there are quotes around it");
        }
        if (!password.get().isValueQuoted() && text.matches(".*[\\\\#!'].*")) {
            importNotes.notCarried(
                    password.get(),
                    "how keepalived reads \\, #, ! and ' outside of double quotes depends on its version, so an agent may"
                            + " send another password; put it in double quotes on all nodes first");
        }
        return new Setting<>(
                Optional.of(text.substring(0, Math.min(MAX_PASSWORD, text.length()))),
                List.of(password.get(), type.orElseThrow()),
                "");
    }

    private static Optional<Directive> find(Directive instance, String name) {
        return instance.lines("authentication")
                .flatMap(block -> block.lines(name))
                .reduce((first, second) -> second);
    }

    private static Optional<String> whyNot(
            Optional<Directive> type, Optional<Directive> password, int version, Optional<Directive> strict) {
        if (type.isEmpty() && password.isPresent()) {
            return Optional.of("without auth_type keepalived sends no authentication, so none was taken");
        }
        if (type.isEmpty()) {
            return Optional.empty();
        }
        String name = type.get().value();
        if (name.equals("AH")) {
            return Optional.of(AH);
        }
        if (!name.equals("PASS")) {
            return Optional.of("keepalived knows PASS and AH only, and sends no authentication with another type");
        }
        if (strict.filter(line -> !line.value().matches("(?i)off|no|false")).isPresent()) {
            return Optional.of(
                    "keepalived takes authentication away with " + strict.get().name() + ", so none was taken");
        }
        if (version == 3) {
            return Optional.of("version 3 has no authentication");
        }
        String text = password.map(Directive::value).orElse("");
        if (text.isEmpty()) {
            return Optional.of("there is no password, and keepalived sends no authentication without");
        }
        return text.matches("[ -~]+")
                ? Optional.empty()
                : Optional.of(
                        "it is not printable ASCII, which a password of Baton must be; choose another on all nodes");
    }
}
