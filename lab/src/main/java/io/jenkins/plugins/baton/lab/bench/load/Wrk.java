package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.LabException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk saw: as many requests as it could get answered.
 *
 * @param count of requests
 * @param seconds they took
 */
record Wrk(double count, double seconds) {
    private static final Pattern RESULT = Pattern.compile("(\\d+) requests in ([\\d.]+)s");
    private static final Pattern ERRORS = Pattern.compile("Socket errors: .*|Non-2xx.*");

    static Wrk keepAlive(Candidate to, int connections, int seconds) {
        return run(to, connections, seconds, List.of());
    }

    static Wrk connectionEach(Candidate to, int clients, int seconds) {
        return run(to, clients, seconds, List.of("-H", "Connection: close"));
    }

    private static Wrk run(Candidate to, int connections, int seconds, List<String> more) {
        List<String> command =
                new ArrayList<>(List.of("wrk", "-t2", "-c" + connections, "-d" + seconds + "s", to.webUrl()));
        command.addAll(more);
        String output =
                to.client().run(command.toArray(String[]::new)).orThrow().output();
        Matcher result = RESULT.matcher(output);
        Matcher errors = ERRORS.matcher(output);
        if (errors.find()) {
            System.err.println("  " + to.name() + ": " + errors.group());
        }
        if (!result.find() || result.group(1).equals("0")) {
            throw new LabException("wrk got no answer from " + to.name() + ": " + output.strip());
        }
        return new Wrk(Double.parseDouble(result.group(1)), Double.parseDouble(result.group(2)));
    }

    double perSecond() {
        return count / seconds;
    }
}
