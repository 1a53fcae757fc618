package io.jenkins.plugins.baton.lab.field;

import io.jenkins.plugins.baton.lab.probe.Impact;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What came of a case.
 *
 * @param connects new connections that a client tried meanwhile; 0 where there is no client
 * @param failed of them
 * @param served how long after the event clients were served again; empty where they always were, or there is none
 * @param said what the operator reads of it, in Baton's own words (status, log, answer of a command)
 * @param trouble why this is not what is promised, in one sentence; empty: as promised
 */
public record CaseResult(int connects, int failed, Optional<Duration> served, String said, Optional<String> trouble) {

    /** Nobody connects meanwhile; what counts is what is said. */
    public static CaseResult saying(String said) {
        return new CaseResult(0, 0, Optional.empty(), said, Optional.empty());
    }

    /** What a client saw; trouble when a connect failed, or none was tried. */
    public static CaseResult unharmed(Impact impact, String said) {
        CaseResult finding = measured(impact, said);
        if (impact.connects() == 0) {
            return finding.but("no connect was tried");
        }
        return impact.failed() == 0 ? finding : finding.but(impact.failed() + " connects failed: " + impact.failures());
    }

    /** What a client saw where connects may fail for a while; the longest time without an answer is the time until served. */
    public static CaseResult measured(Impact impact, String said) {
        return new CaseResult(impact.connects(), impact.failed(), Optional.of(impact.outage()), said, Optional.empty());
    }

    public CaseResult servedAfter(Duration time) {
        return new CaseResult(connects, failed, Optional.of(time), said, trouble);
    }

    /** The same, with one more thing that the operator reads, first. */
    public CaseResult alsoSaid(String more) {
        return new CaseResult(connects, failed, served, more + "; " + said, trouble);
    }

    /** The same, but not as promised. */
    public CaseResult but(String reason) {
        return new CaseResult(connects, failed, served, said, Optional.of(reason));
    }

    /** The same; not as promised also where one of these was not. The first trouble is the one that is told. */
    public CaseResult orTroubleOf(CaseResult... others) {
        return Stream.concat(Stream.of(this), Stream.of(others))
                .map(CaseResult::trouble)
                .flatMap(Optional::stream)
                .findFirst()
                .map(this::but)
                .orElse(this);
    }
}
