package io.jenkins.plugins.baton.fleet.ssh;

import io.jenkins.plugins.baton.fleet.ssh.output.Framed;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How a script reaches {@code sh} through a login shell of which nothing is known. What the login shell reads is one line
 * that bash, zsh, fish, csh and their like understand alike; the script itself comes by the input, with its length ahead,
 * and what is left of the input is the script's own. Marks around its output tell it from what login scripts print.
 *
 * @param line for the login shell
 * @param head what goes before the command's own input
 */
record Envelope(String line, byte[] head) {
    /** sudo's {@code secure_path}, and a login's PATH, may be without the programs of an administrator. */
    private static final String PATH = "PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin; export PATH\n";

    /**
     * @param mark a word that nobody else prints; see {@link Framed}
     * @param password of sudo, where it is asked for
     */
    static Envelope of(String script, Elevation elevation, String mark, Optional<Secret> password) {
        String framed = PATH + "echo " + Framed.begin(mark) + "; echo " + Framed.begin(mark) + " >&2\n"
                // A shell of its own, so that its process id is its own.
                + reading(script) + "\n"
                + "status=$?; echo " + Framed.end(mark) + "$status; echo " + Framed.end(mark) + " >&2; exit $status\n";
        if (!elevation.sudo()) {
            return new Envelope("exec " + reading(framed), bytes(framed + script));
        }
        if (!elevation.password()) {
            String first = elevation.script(reading(framed));
            return new Envelope("exec " + reading(first), bytes(first + framed + script));
        }
        String first = elevation.script(passwordThenReading(mark, framed));
        return new Envelope(
                "exec " + reading(first),
                bytes(first + password.orElseThrow().value() + "\n" + mark + "\n" + framed + script));
    }

    /**
     * A script that does nothing, to learn what sudo allows. Nothing follows the password: sudo takes each further line for
     * another guess when it is wrong, and too many guesses lock the user out.
     */
    static Envelope trial(Elevation elevation, String mark, Optional<Secret> password) {
        String begin = "echo " + Framed.begin(mark);
        String end = "echo " + Framed.end(mark) + "0";
        String first = elevation.script("sh -c '" + begin + "; " + begin + " >&2; " + end + "; " + end + " >&2'");
        String secret = elevation.password() ? password.orElseThrow().value() + "\n" : "";
        return new Envelope("exec " + reading(first), bytes(first + secret));
    }

    /**
     * Where sudo asks for no password after all, its line is still in the input: it is dropped, and no shell takes it for
     * a command.
     */
    private static String passwordThenReading(String mark, String script) {
        return "sh -c 'IFS= read -r line; [ \"$line\" = " + mark + " ] || IFS= read -r line; unset line; "
                + "eval \"$(head -c " + bytes(script).length + ")\"'";
    }

    /** No shell changes anything between these quotes. */
    private static String reading(String script) {
        return "sh -c 'eval \"$(head -c " + bytes(script).length + ")\"'";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    InputStream before(InputStream input) {
        return new SequenceInputStream(new ByteArrayInputStream(head), input);
    }
}
