package io.jenkins.plugins.baton.cluster.importer.merge;

import static io.jenkins.plugins.baton.cluster.file.format.DurationType.written;

import io.jenkins.plugins.baton.cluster.Endpoint;
import io.jenkins.plugins.baton.cluster.importer.keepalived.VrrpScript;
import io.jenkins.plugins.baton.cluster.importer.shell.CommandLine;
import io.jenkins.plugins.baton.cluster.importer.shell.ProcessLook;
import io.jenkins.plugins.baton.cluster.importer.shell.Question;
import io.jenkins.plugins.baton.cluster.importer.shell.Questions;
import io.jenkins.plugins.baton.cluster.importer.text.ImportNotes;
import io.jenkins.plugins.baton.cluster.importer.text.Times;
import io.jenkins.plugins.baton.cluster.importer.text.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes the check of a {@code vrrp_script}: a question that means the same where there is one, otherwise the script itself,
 * run as keepalived would.
 */
final class ScriptCheck {
    private static final Pattern BASH_ONLY = Pattern.compile(".*(\\[\\[|&>|/dev/tcp/|<\\(|<<<|\\$').*", Pattern.DOTALL);

    /** As in {@code /etc/keepalived/check_haproxy.sh} and {@code systemctl is-active haproxy}. */
    private static final Pattern WATCHES_HAPROXY = Pattern.compile("(?is).*haproxy.*");

    private static final String WATCHED =
            "the agent balances by itself and gives the address away when it stops, so nothing has to watch haproxy";

    private ScriptCheck() {}

    /** Why there is to be no check of it; empty when there is one. */
    static Optional<String> refusal(VrrpScript script, Balancer balancer) {
        boolean asks = question(script, false).isPresent();
        if (balancer.isAskedBy(script.command())
                || WATCHES_HAPROXY.matcher(script.command()).matches()
                || !asks && WATCHES_HAPROXY.matcher(script.name()).matches()) {
            return Optional.of(WATCHED);
        }
        return ProcessLook.in(script.command())
                .map(processes ->
                        "it looks at processes, and under the agent's unit (ProtectProc=invisible) it sees none,"
                                + " so it could never succeed; write under checks: {name: " + script.name() + ", "
                                + processes.replacement() + weight(script.weight()) + "}, and track it");
    }

    /**
     * @param name in the cluster file
     * @param weight the one that holds for the instance that tracks it
     * @param reverse likewise
     */
    static ImportedCheck of(VrrpScript script, String name, int weight, boolean reverse, ImportNotes importNotes) {
        Optional<Question> question = question(script, reverse);
        List<String> keys = new ArrayList<>();
        keys.add("name: " + Yaml.text(name));
        keys.add(question.map(ScriptCheck::keys)
                .orElseGet(() -> "type: script, command: " + Yaml.list(command(script, reverse))));
        keys.add("interval: " + written(script.interval()));
        Duration timeout = question.flatMap(Question::limit)
                .filter(limit -> limit.compareTo(script.timeout()) < 0)
                .orElse(script.timeout());
        // Success and failure have changed places, and so have the counts of them.
        int fall = reverse ? script.rise() : script.fall();
        int rise = reverse ? script.fall() : script.rise();
        if (fall > 1 || rise > 1) {
            keys.add("fastInterval: " + written(script.interval()));
        }
        keys.add("timeout: " + written(Times.within(timeout, Duration.ofMillis(10), script.interval())));
        keys.add("fall: " + fall);
        keys.add("rise: " + rise);
        String text = "{" + String.join(", ", keys) + weight(reverse ? -weight : weight) + "}";
        if (question.isEmpty()) {
            ScriptRemarks.of(script, reverse).forEach(importNotes::fillIn);
        }
        question.flatMap(ScriptRemarks::of)
                .ifPresent(remark -> importNotes.fillIn(script.block().place() + ": " + remark));
        return new ImportedCheck(
                name, text, script.lines(), question.map(Question::note).orElse(""));
    }

    private static String weight(int weight) {
        return weight == 0 ? "" : ", weight: " + weight;
    }

    /** A negated question is no question that a check could ask. */
    private static Optional<Question> question(VrrpScript script, boolean reverse) {
        return reverse ? Optional.empty() : Questions.of(script.command(), script.timeout());
    }

    private static String keys(Question question) {
        if (question instanceof Question.Tcp tcp) {
            return "type: tcp, address: \"" + new Endpoint(tcp.address(), tcp.port()) + "\"";
        }
        Question.Http http = (Question.Http) question;
        String scheme = http.tls().isPresent() ? "https" : "http";
        String url = scheme + "://" + new Endpoint(http.address(), http.port()) + http.path();
        String tls = http.tls()
                .map(files ->
                        file("ca", files.ca()) + file("certificate", files.certificate()) + file("key", files.key()))
                .orElse("");
        return "type: " + scheme + ", url: " + Yaml.quoted(url)
                + http.host().map(host -> ", host: " + Yaml.text(host)).orElse("")
                + ", expect: " + http.expect() + tls;
    }

    private static String file(String key, Optional<String> file) {
        return file.map(path -> ", " + key + ": " + Yaml.text(path)).orElse("");
    }

    /** The program itself where no shell is needed, and what a shell makes of it otherwise. */
    private static List<String> command(VrrpScript script, boolean reverse) {
        String text = script.command().strip();
        boolean program = text.startsWith("/") && !CommandLine.needsShell(text);
        if (program && !reverse) {
            return CommandLine.wordsOf(text);
        }
        String shell = BASH_ONLY.matcher(text).matches() ? "/bin/bash" : "/bin/sh";
        return List.of(shell, "-c", reverse ? negated(text, program) : text);
    }

    private static String negated(String text, boolean simple) {
        return simple ? "! " + text : "! { " + text + "; }";
    }
}
