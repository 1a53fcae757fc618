package io.jenkins.plugins.baton.lab.bench.load;

import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.LabException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What iperf3 saw.
 *
 * @param gigabytes received by the other end (10^9 bytes)
 */
record Iperf(double gigabytes, double seconds) {
    /** The server says "busy" while it is still at the end of the test before. */
    private static final Duration SERVER_BUSY = Duration.ofSeconds(1);

    private static final int ATTEMPTS = 3;
    private static final Pattern RECEIVED =
            Pattern.compile("\"sum_received\":\\s*\\{[^}]*\"seconds\":\\s*([\\d.]+)[^}]*\"bytes\":\\s*(\\d+)");

    /** @param down from the server to the client */
    static Iperf run(Candidate to, int streams, boolean down, int seconds) {
        List<String> command = new ArrayList<>(List.of(
                "iperf3",
                "--json",
                "--client",
                to.address(),
                "--port",
                Integer.toString(WebServer.BULK_PORT),
                "--time",
                Integer.toString(seconds),
                "--parallel",
                Integer.toString(streams)));
        if (down) {
            command.add("--reverse");
        }
        String output = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            output = to.client().run(command.toArray(String[]::new)).output();
            Matcher received = RECEIVED.matcher(output);
            if (received.find()) {
                return new Iperf(Double.parseDouble(received.group(2)) / 1e9, Double.parseDouble(received.group(1)));
            }
            Await.pause(SERVER_BUSY);
        }
        throw new LabException("iperf3 got nothing through " + to.name() + ": " + output.strip());
    }

    double gigabytesPerSecond() {
        return gigabytes / seconds;
    }
}
