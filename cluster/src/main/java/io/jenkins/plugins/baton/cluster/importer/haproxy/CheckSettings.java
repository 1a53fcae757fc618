package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a proxy of haproxy.cfg says of its health checks: {@code option httpchk}, {@code http-check} and their kin. */
final class CheckSettings {
    private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";

    private static final Map<String, String> OTHERS = Map.of(
            "tcp-check", "a check of type tcp connects only",
            "ldap-check", "a check of type tcp connects only; write one of type script if that is not enough",
            "mysql-check", "a check of type tcp connects only; write one of type script if that is not enough",
            "pgsql-check", "a check of type tcp connects only; write one of type script if that is not enough",
            "redis-check", "a check of type tcp connects only; write one of type script if that is not enough",
            "smtpchk", "a check of type tcp connects only; write one of type script if that is not enough",
            "external-check", "write a check of type script; it is told the server as BATON_ADDRESS and BATON_PORT");

    private final List<Directive> lines = new ArrayList<>();
    private boolean http;
    private boolean hello;
    private boolean tls;
    private boolean elsewhere;
    private Setting<String> method = Setting.byDefault("OPTIONS", "haproxy's default");
    private String path = "/";
    private Optional<Setting<String>> host = Optional.empty();
    private Optional<Setting<String>> sni = Optional.empty();
    private Optional<BitSet> expect = Optional.empty();

    CheckSettings copy() {
        CheckSettings copy = new CheckSettings();
        copy.lines.addAll(lines);
        copy.http = http;
        copy.hello = hello;
        copy.tls = tls;
        copy.elsewhere = elsewhere;
        copy.method = method;
        copy.path = path;
        copy.host = host;
        copy.sni = sni;
        copy.expect = expect.map(set -> (BitSet) set.clone());
        return copy;
    }

    /** @return whether the option is about checks; then it has been taken over or listed */
    boolean option(Directive line, ImportNotes importNotes) {
        switch (line.word(1).orElse("")) {
            case "httpchk" -> httpchk(line, importNotes);
            case "ssl-hello-chk" -> {
                hello = true;
                http = false;
                lines.clear(); // the last option of this kind holds alone
                lines.add(line);
            }
            default -> {
                String reason = OTHERS.get(line.word(1).orElse(""));
                if (reason == null) {
                    return false;
                }
                http = false;
                hello = false;
                lines.clear();
                importNotes.notCarried(line, reason);
            }
        }
        return true;
    }

    /** {@code option httpchk [METHOD] URI [VERSION [HEADERS]]}; a URI alone is asked with OPTIONS. */
    private void httpchk(Directive line, ImportNotes importNotes) {
        if (hello) {
            lines.clear();
        }
        http = true;
        hello = false;
        lines.add(line);
        List<String> words = line.words().subList(2, line.words().size());
        if (words.size() == 1) {
            path(line, words.get(0), importNotes);
        } else if (words.size() > 1) {
            method = Setting.of(words.get(0), line);
            path(line, words.get(1), importNotes);
        }
        if (words.size() > 2) {
            // Old files put headers behind the version: HTTP/1.1\r\nHost:\ example.com
            List<String> parts =
                    List.of(String.join(" ", words.subList(2, words.size())).split("\r?\n"));
            version(line, parts.get(0), importNotes);
            parts.stream()
                    .skip(1)
                    .map(String::strip)
                    .filter(header -> !header.isEmpty())
                    .forEach(header -> {
                        int colon = Math.max(0, header.indexOf(':'));
                        header(
                                line,
                                header.substring(0, colon),
                                header.substring(Math.min(header.length(), colon + 1))
                                        .strip(),
                                importNotes);
                    });
        }
        if (words.size() < 2) {
            method = Setting.of("OPTIONS", line);
        }
    }

    void httpCheck(Directive line, ImportNotes importNotes) {
        List<String> words = line.words();
        switch (line.word(1).orElse("")) {
            case "connect" -> connect(line, words.subList(2, words.size()), importNotes);
            case "send" -> send(line, words.subList(2, words.size()), importNotes);
            case "expect" -> expect(line, words.subList(2, words.size()), importNotes);
            default -> importNotes.notCarried(line, "Baton has no counterpart");
        }
    }

    private void connect(Directive line, List<String> words, ImportNotes importNotes) {
        lines.add(line);
        for (int i = 0; i < words.size(); i++) {
            String argument = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "ssl" -> tls = true;
                case "default", "linger" -> {}
                case "sni" -> {
                    sni = Optional.of(Setting.of(argument, line));
                    i++;
                }
                case "port", "addr" -> {
                    elsewhere = true;
                    importNotes.notCarried(
                            line,
                            words.get(i) + ": a check of Baton goes to the server itself; it was made one of type tcp");
                    i++;
                }
                default -> importNotes.notCarried(line, words.get(i) + ": Baton has no counterpart");
            }
        }
    }

    private void send(Directive line, List<String> words, ImportNotes importNotes) {
        lines.add(line);
        for (int i = 0; i < words.size(); i++) {
            String argument = i + 1 < words.size() ? words.get(i + 1) : "";
            switch (words.get(i)) {
                case "meth" -> method = Setting.of(argument, line);
                case "uri" -> path(line, argument, importNotes);
                case "ver" -> version(line, argument, importNotes);
                case "hdr" -> {
                    header(line, argument, i + 2 < words.size() ? words.get(i + 2) : "", importNotes);
                    i++;
                }
                default -> importNotes.notCarried(line, words.get(i) + ": Baton has no counterpart");
            }
            i++;
        }
    }

    private void path(Directive line, String text, ImportNotes importNotes) {
        if (text.matches("/[!-~]*")) {
            path = text;
        } else {
            importNotes.notCarried(line, text + ": it is not a path that begins with /; " + path + " was taken");
        }
    }

    private static void version(Directive line, String version, ImportNotes importNotes) {
        if (!version.equals("HTTP/1.1")) {
            importNotes.notCarried(line, version + ": Baton asks with HTTP/1.1 and Connection: close");
        }
    }

    private void header(Directive line, String name, String value, ImportNotes importNotes) {
        if (name.equalsIgnoreCase("host") && value.replaceFirst(":[0-9]+$", "").matches(HOST)) {
            host = Optional.of(Setting.of(value.replaceFirst(":[0-9]+$", ""), line));
        } else if (!name.equalsIgnoreCase("connection")) {
            importNotes.notCarried(
                    line,
                    "header " + name + ": a check of Baton has no headers but Host; write one of type script, which is"
                            + " told the server as BATON_ADDRESS and BATON_PORT");
        }
    }

    private void expect(Directive line, List<String> words, ImportNotes importNotes) {
        Optional<BitSet> statuses = Statuses.of(words);
        if (statuses.isEmpty()) {
            importNotes.notCarried(
                    line,
                    "a check of Baton looks at the status only; " + text() + " was taken. Write one of type script if"
                            + " the answer's text matters");
            return;
        }
        lines.add(line);
        expect.ifPresent(before -> statuses.get().and(before));
        expect = statuses;
    }

    private String text() {
        return expect.map(Statuses::text).orElse("200-399");
    }

    /**
     * The check's type and what it asks, as the keys of a YAML flow mapping.
     *
     * @param server whose options say how it is checked
     */
    Setting<String> probe(ServerLine server, ImportNotes importNotes) {
        if (isElsewhere(server)) {
            return Setting.byDefault("type: tcp", "");
        }
        boolean overTls = overTls(server);
        if (overTls && isVerified(server) && !server.has("verifyhost") && isNamed(server)) {
            importNotes.notCarried(
                    server.at(),
                    "verify required: with a host, a check of Baton verifies the certificate's name as well, which haproxy"
                            + " does with verifyhost only; see that the certificate has it");
        }
        String target = overTls
                ? host(server, importNotes)
                                .map(name -> ", host: " + Yaml.text(name))
                                .orElse("")
                        + ca(server)
                : "";
        if (!http) {
            // Any answer over TLS is what ssl-hello-chk and check-ssl ask for.
            return overTls
                    ? new Setting<>("type: https, path: /, expect: 100-599" + target, lines, "")
                    : new Setting<>("type: tcp", List.of(), "");
        }
        if (!method.value().equals("GET")) {
            method.line().ifPresent(line -> importNotes.notCarried(line, method.value() + ": Baton sends GET"));
        }
        String name = overTls
                ? target
                : host.map(h -> ", host: " + Yaml.text(h.value())).orElse("");
        return new Setting<>(
                "type: " + (overTls ? "https" : "http") + ", path: " + Yaml.text(path) + name + ", expect: " + text(),
                lines,
                "");
    }

    private boolean isNamed(ServerLine server) {
        return host.isPresent() || sni.isPresent() || server.has("check-sni");
    }

    private boolean isElsewhere(ServerLine server) {
        boolean otherPort = server.has("port")
                && server.number("port", 0, 65535) != server.endpoint().port();
        return http && elsewhere || otherPort || server.has("addr");
    }

    private boolean overTls(ServerLine server) {
        return hello || http && tls || server.has("check-ssl");
    }

    /** A check of Baton has one name, for the Host header and for TLS. */
    private Optional<String> host(ServerLine server, ImportNotes importNotes) {
        Optional<Setting<String>> serverName = serverName(server, importNotes);
        if (host.isPresent()
                && serverName.filter(s -> s.value().equals(host.get().value())).isEmpty()) {
            host.get()
                    .line()
                    .ifPresent(line -> importNotes.notCarried(
                            line,
                            "Host and the TLS server name are one in a check of Baton; "
                                    + host.get().value() + " is both"));
            serverName
                    .flatMap(Setting::line)
                    .ifPresent(line -> importNotes.notCarried(
                            line,
                            "Host and the TLS server name are one in a check of Baton; "
                                    + host.get().value() + " is both"));
        }
        Optional<Setting<String>> name = host.or(() -> serverName);
        if (name.isPresent() && !name.get().value().matches(HOST)) {
            name.get()
                    .line()
                    .ifPresent(line -> importNotes.notCarried(line, name.get().value() + ": it is not a host name"));
            return Optional.empty();
        }
        return name.map(Setting::value);
    }

    /** The name that haproxy sends over TLS; else the one that it wants in the certificate. */
    private Optional<Setting<String>> serverName(ServerLine server, ImportNotes importNotes) {
        Optional<Setting<String>> sent = Optional.ofNullable(server.options().get("check-sni"))
                .map(name -> Setting.of(name, server.at()))
                .or(() -> sni);
        Optional<String> wanted = Optional.ofNullable(server.options().get("verifyhost"));
        if (sent.isPresent()
                && wanted.filter(name -> !name.equals(sent.get().value())).isPresent()) {
            importNotes.notCarried(
                    server.at(),
                    "verifyhost: a check of Baton has one name; " + sent.get().value() + " was taken");
        }
        return sent.or(() -> wanted.map(name -> Setting.of(name, server.at())));
    }

    private static String ca(ServerLine server) {
        return isVerified(server) ? ", ca: " + Yaml.text(server.options().get("ca-file")) : "";
    }

    private static boolean isVerified(ServerLine server) {
        return server.options().getOrDefault("verify", "").equals("required")
                && server.options().getOrDefault("ca-file", "").startsWith("/");
    }

    /** Which of the server's options the probe carries. */
    List<String> carried(ServerLine server) {
        List<String> carried = new ArrayList<>();
        boolean overTls = overTls(server) && !isElsewhere(server);
        if (overTls) {
            carried.addAll(List.of("check-sni", "verifyhost"));
        }
        if (!isElsewhere(server)) {
            carried.add("port");
        }
        if (server.options().getOrDefault("verify", "none").equals("none")) {
            carried.add("verify");
        } else if (overTls && isVerified(server)) {
            carried.addAll(List.of("verify", "ca-file"));
        }
        return carried;
    }
}
