package io.jenkins.plugins.baton.cluster.importer.merge;

import static java.util.Map.entry;

import io.jenkins.plugins.baton.cluster.importer.keepalived.VrrpScript;
import io.jenkins.plugins.baton.cluster.importer.shell.CommandLine;
import io.jenkins.plugins.baton.cluster.importer.shell.Question;
import io.jenkins.plugins.baton.cluster.importer.text.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a person must know of a script before it runs under the agent's unit instead of under keepalived, as root. */
final class ScriptRemarks {
    /** What the hardened unit forbids, by a pattern of the command; in the order in which it is told. */
    private static final List<Map.Entry<String, String>> FORBIDDEN = List.of(
            entry(
                    ".*(^|[\\s'\"=])(/var)?/tmp/.*",
                    "/tmp and /var/tmp are the agent's own under its unit (PrivateTmp), so it does not see files there; use"
                            + " another folder"),
            entry(
                    ".*(^|[\\s'\"=])(/root|/home|/run/user)/.*",
                    "/root, /home and /run/user cannot be seen under the agent's unit (ProtectHome); use another folder"),
            entry(
                    ".*(^|[\\s;&|'\"/])(sudo|su)\\s.*",
                    "sudo and su cannot work under the agent's unit (NoNewPrivileges); let the program do without"),
            entry(
                    "(?:.*[\\s;&|'\"/])?(docker|podman|crictl|nerdctl|ctr)\\s.*",
                    "the socket of the container runtime is root's, and the agent's user may not use it; ask the component"
                            + " itself, as in {type: https, url: \"https://127.0.0.1:6443/livez\"}"),
            entry(
                    ".*systemctl\\s+(re)?(start|stop|load|kill).*",
                    "the agent's user may not start or stop units; let only the check's result speak"));

    private ScriptRemarks() {}

    /** Of a script that runs as it is. */
    static List<String> of(VrrpScript script, boolean reverse) {
        String place = script.block().place() + ": ";
        String command = script.command();
        List<String> remarks = new ArrayList<>();
        remarks.add(place + "the check runs " + Secrets.masked(command)
                + " as the agent's user, baton, which must be able to on every node"
                + (command.matches("/\\S+\\.(sh|py|pl|bash)(\\s.*)?")
                        ? "; if it looks at processes (pidof, killall -0, ps), it sees none there"
                        : ""));
        boolean operators =
                CommandLine.needsShell(command) && !command.matches("(?s)\\s*(/\\S*/)?(ba|da)?sh\\s+-\\w*c\\s.*");
        if (operators) {
            remarks.add(place + "keepalived 2 runs a script without a shell (1 had one), so that its operators and"
                    + " variables are plain arguments; it was read as a shell reads it, as it seems meant");
        }
        FORBIDDEN.stream()
                .filter(forbidden -> command.matches("(?s)" + forbidden.getKey()))
                .forEach(forbidden -> remarks.add(place + forbidden.getValue()));
        if (reverse) {
            remarks.add(place + "reverse was written as the negated command; a run that times out counts as a failure");
        }
        return remarks;
    }

    /** Of a question that needs files. */
    static Optional<String> of(Question question) {
        if (question instanceof Question.Http http
                && http.tls().flatMap(Question.Tls::key).isPresent()) {
            return Optional.of(
                    "the agent's user, baton, must be able to read the check's certificate and key on every node");
        }
        return Optional.empty();
    }
}
