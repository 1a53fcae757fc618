package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Setting;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a proxy of haproxy.cfg says of its health checks: {@code option httpchk}, {@code http-check} and their kin. */
final class CheckSettings {
    static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?";

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
                    "a check of Baton looks at the status only; " + expect() + " was taken. Write one of type script if"
                            + " the answer's text matters");
            return;
        }
        lines.add(line);
        expect.ifPresent(before -> statuses.get().and(before));
        expect = statuses;
    }

    /** The lines that a check carries. */
    List<Directive> lines() {
        return lines;
    }

    boolean isHttp() {
        return http;
    }

    /** Whether every server is asked over TLS. */
    boolean isTls() {
        return hello || http && tls;
    }

    /** Whether another host or port than the server's is asked. */
    boolean isElsewhere() {
        return http && elsewhere;
    }

    Setting<String> method() {
        return method;
    }

    String path() {
        return path;
    }

    /** The Host header. */
    Optional<Setting<String>> host() {
        return host;
    }

    Optional<Setting<String>> sni() {
        return sni;
    }

    /** The statuses that are a success, as the cluster file writes them. */
    String expect() {
        return expect.map(Statuses::text).orElse("200-399");
    }
}
