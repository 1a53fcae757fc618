package io.jenkins.plugins.baton.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.PacketVerifier.Outcome;
import io.jenkins.plugins.baton.agent.vrrp.PacketVerifier.Trust;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.packet.Advertisement.Type;
import io.jenkins.plugins.baton.jmx.State;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Node m2 hears packets in the name of m1, and what m1's agent says. */
class PacketVerifierTest {
    private static final long MS = Node.MS;
    private static final Peer M1 = Node.M1;
    private static final Statement BACKUP = new Statement(State.BACKUP, 110, Optional.empty());
    private static final Statement MASTER = new Statement(State.MASTER, 110, Optional.empty());
    private static final Event HIGHEST = advert(254);
    private static final Event OWN = advert(110);
    private static final Event ZERO_PRIORITY = advert(0);

    private final PacketVerifier verifier = new PacketVerifier(Node.SETTINGS, false);
    private long now = 1_000_000 * MS;

    @Test
    void withoutAPeerLinkAdvertsDecide() {
        assertThat(judge(HIGHEST)).isEqualTo(Trust.TRUSTED);
        assertThat(judge(ZERO_PRIORITY)).isEqualTo(Trust.TRUSTED);
        assertThat(judge(new Event.TakeoverOrdered(M1))).isEqualTo(Trust.TRUSTED);
    }

    @Test
    void groupWithASecretRefusesOrdersOfAgentsThatAreNotConnected() {
        PacketVerifier careful = new PacketVerifier(Node.SETTINGS, true);

        assertThat(careful.judge(M1, new Event.TakeoverOrdered(M1), now)).isEqualTo(Trust.CONTRADICTED);
        assertThat(careful.judge(M1, new Event.TakeoverRequested(M1), now)).isEqualTo(Trust.CONTRADICTED);
        assertThat(careful.judge(M1, OWN, now)).isEqualTo(Trust.TRUSTED);
    }

    @Test
    void whatTheAgentSaysTooIsBelieved() {
        says(MASTER);

        assertThat(judge(OWN)).isEqualTo(Trust.TRUSTED);
        says(new Statement(State.MASTER, 109, Optional.of("m2")));
        assertThat(judge(new Event.TakeoverOrdered(M1))).isEqualTo(Trust.TRUSTED);
        says(new Statement(State.MASTER, 1, Optional.of(Statement.ANYBODY)));
        assertThat(judge(new Event.TakeoverRequested(M1))).isEqualTo(Trust.TRUSTED);
        says(new Statement(State.INITIALIZE, 110, Optional.empty()));
        assertThat(judge(ZERO_PRIORITY)).isEqualTo(Trust.TRUSTED);
    }

    @Test
    void advertThatComesBeforeTheStatementIsBelievedWhenThatComes() {
        assertThat(says(BACKUP)).isEqualTo(Outcome.NOTHING);
        assertThat(judge(OWN)).isEqualTo(Trust.PENDING);
        now += MS / 10;

        assertThat(says(MASTER)).isEqualTo(new Outcome(List.of(OWN), List.of(), List.of()));
    }

    @Test
    void packetThatTheAgentDoesNotConfirmWhenAskedIsSomebodyElses() {
        for (Statement truth : List.of(BACKUP, MASTER)) {
            for (Event forged : List.of(
                    HIGHEST, advert(1), truth.isMaster() ? ZERO_PRIORITY : OWN, new Event.TakeoverOrdered(M1))) {
                now += 2_000 * MS;
                says(truth);
                now += 2_000 * MS;
                assertThat(judge(forged)).as("%s while %s", forged, truth).isEqualTo(Trust.PENDING);
                assertThat(questions()).containsExactly("m1");
                assertThat(questions()).isEmpty();
                now += MS;
                assertThat(answers(truth).contradicted()).containsExactly(forged);
                now += 1_000 * MS;
                answers(truth);
            }
        }
    }

    @Test
    void floodOfForgeriesAsksRarely() {
        says(BACKUP);
        int asked = 0;
        for (int i = 0; i < 12_000; i++) {
            now += MS / 12;
            assertThat(judge(HIGHEST)).isEqualTo(Trust.PENDING);
            if (!questions().isEmpty()) {
                asked++;
                answers(BACKUP);
            }
        }
        assertThat(asked).isBetween(10, 21);
    }

    @Test
    void agentThatDoesNotAnswerHasNoSayUntilItIsHeardAgain() {
        says(BACKUP);
        judge(OWN);
        questions();
        assertThat(verifier.deadline(false)).isEqualTo(now + PacketVerifier.ANSWER_TIMEOUT);
        now += PacketVerifier.ANSWER_TIMEOUT - 1;
        assertThat(verifier.unanswered(now)).isEqualTo(Outcome.NOTHING);
        now++;
        assertThat(verifier.unanswered(now)).isEqualTo(new Outcome(List.of(OWN), List.of(), List.of()));

        assertThat(judge(HIGHEST)).isEqualTo(Trust.TRUSTED);
        assertThat(questions()).as("perhaps it is back").containsExactly("m1");
        answers(BACKUP);
        assertThat(judge(HIGHEST)).isEqualTo(Trust.PENDING);
    }

    @Test
    void lateAdvertOfWhatTheAgentWasIsNoForgery() {
        says(MASTER);
        now += 1_000 * MS;
        says(BACKUP);
        now += 10 * MS;
        judge(OWN);
        questions();
        assertThat(answers(BACKUP)).isEqualTo(new Outcome(List.of(), List.of(), List.of(OWN)));

        now += PacketVerifier.STALE_ADVERT_AGE - 10 * MS;
        judge(OWN);
        questions();
        assertThat(answers(BACKUP).contradicted()).containsExactly(OWN);
    }

    @Test
    void advertThatCameAfterTheQuestionIsNotJudgedByItsAnswer() {
        says(BACKUP);
        judge(HIGHEST);
        questions();
        now += MS;
        judge(OWN);

        assertThat(answers(BACKUP)).isEqualTo(Outcome.NOTHING);
        now += PacketVerifier.QUESTION_INTERVAL;
        assertThat(questions()).containsExactly("m1");
        assertThat(says(MASTER).believed()).containsExactly(OWN);
    }

    @Test
    void answerOfAMasterStandsInForItsMissingAdverts() {
        says(MASTER);
        for (int i = 0; i < 5; i++) {
            assertThat(verifier.unheardMasters()).isEmpty();
            now = verifier.deadline(false);
            assertThat(questions()).containsExactly("m1");
            now += MS;
            assertThat(answers(MASTER).believed()).singleElement().satisfies(event -> {
                Advertisement advert = ((Event.Heard) event).advert();
                assertThat(advert.priority()).isEqualTo(110);
                assertThat(advert.intervalNanos()).isEqualTo(100 * MS);
            });
        }
        assertThat(verifier.unheardMasters()).containsExactly("m1");

        judge(OWN);
        assertThat(verifier.unheardMasters()).isEmpty();
    }

    @Test
    void missingAdvertIsAskedForAfterAnIntervalAndAHalfAndTheNextAfterOne() {
        says(MASTER);
        long heard = now;
        assertThat(verifier.deadline(false)).isEqualTo(heard + 150 * MS);
        now = heard + 150 * MS;
        questions();
        answers(MASTER);

        assertThat(verifier.deadline(false)).isEqualTo(now + 100 * MS);
    }

    @Test
    void masterThatChangesItsPriorityIsNotHeardByThat() {
        says(MASTER);
        long heard = now;
        now += 100 * MS;
        says(new Statement(State.MASTER, 109, Optional.empty()));

        assertThat(verifier.deadline(false)).isEqualTo(heard + 150 * MS);
    }

    /** The question about the other packet was open already. */
    @Test
    void answerStandsInForAnAdvertThatIsMissingMeanwhile() {
        says(MASTER);
        judge(HIGHEST);
        questions();
        now += 160 * MS;
        assertThat(questions()).isEmpty();

        Outcome outcome = answers(MASTER);
        assertThat(outcome.contradicted()).containsExactly(HIGHEST);
        assertThat(outcome.believed()).hasSize(1);
    }

    @Test
    void advertThatWaitedForItsStatementWasHeardAllTheSame() {
        says(MASTER);
        for (int i = 0; i < 5; i++) {
            now = verifier.deadline(false);
            questions();
            answers(MASTER);
        }
        judge(advert(109));
        says(new Statement(State.MASTER, 109, Optional.empty()));

        assertThat(verifier.unheardMasters()).isEmpty();
    }

    @Test
    void secondMasterHasThreeIntervalsToAdvertiseWhereTheyAreLong() {
        Settings slow = new Settings("m2", Node.SETTINGS.address(), 3, 100, 1_000 * MS, true, 0, 0, List.of(M1));
        PacketVerifier patient = new PacketVerifier(slow, false);
        patient.stated(M1, MASTER, false, now);

        assertThat(patient.deadline(true)).isEqualTo(now + 3_000 * MS + 1_500 * MS);
        assertThat(patient.deadline(false)).isEqualTo(now + 1_500 * MS);
    }

    @Test
    void deadMasterDoesNotAnswerAndItsAnswersAreNotWaitedFor() {
        Node backup = Node.backupOf(M1);
        says(MASTER);
        judge(OWN);
        now += 150 * MS;
        assertThat(questions()).containsExactly("m1");
        backup.passes(Node.MASTER_DOWN);

        assertThat(backup.state()).isEqualTo(State.MASTER);
    }

    @Test
    void secondMasterIsGivenTheTimeToAdvertiseAndIsThenTakenAtItsWord() {
        says(BACKUP);
        says(MASTER);
        long changed = now;
        now = verifier.deadline(true);
        assertThat(now - changed).isGreaterThanOrEqualTo(500 * MS);
        assertThat(verifier.questions(true, now)).containsExactly("m1");

        assertThat(answers(MASTER).believed()).hasSize(1);
    }

    @Test
    void whatWaitsIsBelievedWhenThePeerLinkEnds() {
        says(BACKUP);
        judge(OWN);

        assertThat(verifier.lost("m1").believed()).containsExactly(OWN);
        assertThat(judge(HIGHEST)).isEqualTo(Trust.TRUSTED);
    }

    @Test
    void reloadKeepsWhatTheAgentsOfNodesThatStaySaid() {
        says(BACKUP);
        Settings without = new Settings("m2", Node.SETTINGS.address(), 3, 100, 100 * MS, true, 0, 0, List.of(Node.M3));

        assertThat(verifier.under(Node.SETTINGS, true).judge(M1, OWN, now)).isEqualTo(Trust.PENDING);
        assertThat(verifier.under(without, true).judge(M1, OWN, now)).isEqualTo(Trust.TRUSTED);
        assertThat(verifier.under(without, true).judge(M1, new Event.TakeoverOrdered(M1), now))
                .isEqualTo(Trust.CONTRADICTED);
    }

    @Test
    void packetIsConfirmedByWhatTheAgentSaysAloneWithoutAQuestion() {
        assertThat(verifier.confirms(M1, OWN)).isFalse();
        says(MASTER);
        assertThat(verifier.confirms(M1, OWN)).isTrue();
        assertThat(verifier.confirms(M1, HIGHEST)).isFalse();
        assertThat(verifier.confirms(M1, new Event.TakeoverOrdered(M1))).isFalse();
        says(BACKUP);
        assertThat(verifier.confirms(M1, OWN)).isFalse();
        assertThat(questions()).isEmpty();
    }

    @Test
    void routerSaysWhomItAsksToTakeOver() {
        assertThat(Statement.of(Node.master().router())).isEqualTo(new Statement(State.MASTER, 100, Optional.empty()));
        assertThat(Statement.of(Node.master().happens(new Event.HandOver("x")).router()))
                .isEqualTo(new Statement(State.MASTER, 1, Optional.of(Statement.ANYBODY)));
        assertThat(Statement.of(
                        Node.master().happens(new Event.HandOverTo(M1, "x")).router()))
                .isEqualTo(new Statement(State.MASTER, 100, Optional.of("m1")));
        assertThat(Statement.of(Node.backupOf(M1).router()))
                .isEqualTo(new Statement(State.BACKUP, 100, Optional.empty()));
    }

    @Test
    void statementsAreReadAsTheyWereSaid() {
        Map<String, Statement> said = Map.of(
                "kube-master", MASTER,
                "six", new Statement(State.MASTER, 1, Optional.of(Statement.ANYBODY)),
                "old", new Statement(State.FAULT, 253, Optional.of("m3")));

        assertThat(Statement.parse(Statement.text(said))).isEqualTo(said);
        assertThat(Statement.parse("")).isEmpty();
        assertThat(Statement.parse("a:LATER:1 b:MASTER:x c e:MASTER d:MASTER:7:m1:more"))
                .isEqualTo(Map.of("d", new Statement(State.MASTER, 7, Optional.of("m1"))));
    }

    private Trust judge(Event packet) {
        return verifier.judge(M1, packet, now);
    }

    private Outcome says(Statement statement) {
        return verifier.stated(M1, statement, false, now);
    }

    private Outcome answers(Statement statement) {
        return verifier.stated(M1, statement, true, now);
    }

    private List<String> questions() {
        return verifier.questions(false, now);
    }

    private static Event advert(int priority) {
        return new Event.Heard(
                M1, new Advertisement(3, Type.ADVERTISEMENT, 51, priority, 100 * MS, List.of(), Trailer.NONE));
    }
}
