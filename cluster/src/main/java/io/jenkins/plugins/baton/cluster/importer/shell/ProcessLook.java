package io.jenkins.plugins.baton.cluster.importer.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command that looks whether processes run. Under a unit with {@code ProtectProc=invisible} it sees none but its own, so
 * it can never succeed.
 *
 * @param names of the processes as far as they can be told
 * @param port on which one is looked for
 */
public record ProcessLook(List<String> names, Optional<String> port) {
    private static final Set<String> PROGRAMS =
            Set.of("pidof", "pgrep", "pkill", "killall", "ps", "pstree", "top", "fuser", "lsof");

    /** Their {@code ps} and {@code top} list containers. */
    private static final Set<String> RUNTIMES = Set.of("docker", "podman", "crictl", "nerdctl", "ctr", "compose");

    private static final Pattern PORT = Pattern.compile(":([0-9]{1,5})|([0-9]{1,5})/tcp");
    private static final Pattern PID_FILE = Pattern.compile("(?:\\S*/)?([A-Za-z][A-Za-z0-9_.-]*)\\.pid");

    private static final Map<String, String> REPLACEMENTS = Map.of(
            "kube-apiserver", "type: https, url: \"https://127.0.0.1:6443/livez\"",
            "kubelet", "type: http, url: \"http://127.0.0.1:10248/healthz\"",
            "kube-scheduler", "type: https, url: \"https://127.0.0.1:10259/healthz\"",
            "kube-controller-manager", "type: https, url: \"https://127.0.0.1:10257/healthz\"",
            "kube-proxy", "type: http, url: \"http://127.0.0.1:10256/healthz\"",
            "etcd", "type: tcp, address: \"127.0.0.1:2379\"",
            "sshd", "type: tcp, address: \"127.0.0.1:22\"");

    /** @return empty when nothing in the command looks at processes */
    public static Optional<ProcessLook> in(String text) {
        List<String> words = flattened(text);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String program = word.contains("://") ? "" : base(word);
            boolean signalsNothing =
                    program.equals("kill") && words.subList(i, words.size()).contains("-0");
            boolean containers = i > 0 && RUNTIMES.contains(base(words.get(i - 1)));
            boolean processes = PROGRAMS.contains(program) && !containers;
            if (processes || signalsNothing || word.matches("/proc/([0-9*\\[$].*|self/.*)?")) {
                List<String> rest = words.subList(i + 1, words.size());
                return Optional.of(new ProcessLook(names(rest), port(rest)));
            }
        }
        return Optional.empty();
    }

    /** What stands behind {@code sh -c} is a command line again. */
    private static List<String> flattened(String text) {
        List<String> words = new ArrayList<>();
        for (String word : CommandLine.wordsOf(text)) {
            if (word.indexOf(' ') >= 0 && !word.equals(text)) {
                words.addAll(flattened(word));
            } else {
                words.add(word);
            }
        }
        return words;
    }

    private static String base(String word) {
        return word.substring(word.lastIndexOf('/') + 1);
    }

    private static Optional<String> port(List<String> words) {
        return words.stream()
                .map(PORT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1) == null ? matcher.group(2) : matcher.group(1))
                .findFirst();
    }

    private static List<String> names(List<String> words) {
        return words.stream()
                .map(word -> PID_FILE.matcher(word.replaceAll("[`()$]", "")).replaceAll("$1"))
                .filter(word -> word.matches("[A-Za-z][A-Za-z0-9_.-]+"))
                .filter(word -> !word.matches("grep|egrep|awk|wc|cat|head|test|ls|exit|true|false|null|aux|ef|then|do"))
                .limit(1)
                .toList();
    }

    /** A check that asks what is meant, as the keys of a YAML flow mapping. */
    public String replacement() {
        if (port.isPresent()) {
            return "type: tcp, address: \"127.0.0.1:" + port.get() + "\"";
        }
        String name = names.isEmpty() ? "NAME" : names.get(0);
        return REPLACEMENTS.getOrDefault(
                name, "type: script, command: [/usr/bin/systemctl, is-active, --quiet, " + name + "]");
    }
}
