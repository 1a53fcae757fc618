package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.Testbed;
import io.jenkins.plugins.baton.lab.systemd.Suite;
import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Debian 11, 12 and 13 side by side, with logins that somebody set up to their own taste. */
final class UnlikeHosts implements Testbed {
    private static final String NO_AGENT = "no agent is there; run `baton deploy`";

    private final SystemdLab lab;
    private final Path baton;

    private UnlikeHosts(SystemdLab lab, Path baton) {
        this.lab = lab;
        this.baton = baton;
    }

    static FieldGroup<UnlikeHosts> group() {
        return new FieldGroup<>(UnlikeHosts::open, List.of(
                login("a login script prints on both outputs", "noisy", NO_AGENT),
                login("the login shell is fish", "fisher", NO_AGENT),
                login("the login shell is tcsh", "cshell", NO_AGENT),
                login("sudo wants a terminal, and its secure_path has no sbin", "strict", NO_AGENT),
                login("the login shell is nologin", "nologin", "user nologin gets no shell there")));
    }

    private static FieldCase<UnlikeHosts> login(String what, String user, String expected) {
        return FieldCase.whole(what, "baton status --user " + user + ", on three releases of Debian",
                hosts -> hosts.status(user, expected));
    }

    private static UnlikeHosts open(Programs programs) {
        try {
            SystemdLab lab = SystemdLab.start(
                    "unlike", Path.of("/var/tmp/baton-field"), List.of(Suite.BULLSEYE, Suite.BOOKWORM, Suite.TRIXIE));
            return new UnlikeHosts(lab, programs.baton().toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Finding status(String user, String expected) {
        List<String> words = new ArrayList<>(lab.operatorPrefix());
        words.addAll(List.of(baton.toString(), "status", "-f", lab.clusterFile().toString(), "--user", user));
        try {
            Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            long nodes = lab.names().stream().filter(node -> text.contains(node + ": " + expected)).count();
            Finding finding = Finding.saying("m1: " + expected);
            return nodes == lab.names().size() ? finding : finding.but("said instead: " + text.replace('\n', ' '));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + baton + " ran", e);
        }
    }

    @Override
    public String logs() {
        return "";
    }

    @Override
    public void close() {
        try {
            lab.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
