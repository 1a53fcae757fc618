package io.jenkins.plugins.baton.lab.experiment;

import io.jenkins.plugins.baton.lab.probe.Impact;
import io.jenkins.plugins.baton.lab.probe.LostSession;
import java.time.Duration;
import java.util.List;

/**
 * What came of the rounds of an experiment.
 *
 * @param lost long-lived connections that broke and need not have
 * @param connects new connections tried
 * @param failed of them
 * @param worstOutage the longest of all
 * @param broken how the client's own of those that were lost ended, by the beginning of their rounds
 * @param note what else was measured, in words; may be empty
 */
public record Result(
        int rounds, int lost, int connects, int failed, Duration worstOutage, List<LostSession> broken, String note) {

    /** @param impacts of each round, or of each client */
    static Result of(int rounds, List<Impact> impacts) {
        return new Result(
                rounds,
                impacts.stream().mapToInt(Impact::lostSessions).sum(),
                impacts.stream().mapToInt(Impact::connects).sum(),
                impacts.stream().mapToInt(Impact::failed).sum(),
                impacts.stream().map(Impact::outage).max(Duration::compareTo).orElse(Duration.ZERO),
                impacts.stream().flatMap(impact -> impact.lost().stream()).toList(),
                "");
    }

    Result alsoLost(int more) {
        return new Result(rounds, lost + more, connects, failed, worstOutage, broken, note);
    }

    Result noting(String words) {
        return new Result(rounds, lost, connects, failed, worstOutage, broken, words);
    }

    /** Nothing was lost, and there was something that could have been. */
    public boolean isUnharmed() {
        return lost == 0 && failed == 0 && connects > 0;
    }
}
