package io.jenkins.plugins.baton.agent.vrrp;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.agent.vrrp.Advertisement.Trailer;
import io.jenkins.plugins.baton.agent.vrrp.Advertisement.Type;
import io.jenkins.plugins.baton.agent.vrrp.Witness.Opinion;
import io.jenkins.plugins.baton.agent.vrrp.Witness.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Node m2 hears packets in the name of m1, and what m1's agent says. */
class WitnessTest {
    private static final long MS = Node.MS;
    private static final Peer M1 = Node.M1;
    private static final Statement BACKUP = new Statement(State.BACKUP, 110, Optional.empty());
    private static final Statement MASTER = new Statement(State.MASTER, 110, Optional.empty());
    private static final Event HIGHEST = advert(254);
    private static final Event OWN = advert(110);
    private static final Event FAREWELL = advert(0);

    private final Witness witness = new Witness(Node.SETTINGS, false);
    private long now = 1_000_000 * MS;

    @Test
    void withoutAPeerLinkAdvertsDecide() {
        assertThat(judge(HIGHEST)).isEqualTo(Opinion.BELIEVE);
        assertThat(judge(FAREWELL)).isEqualTo(Opinion.BELIEVE);
        assertThat(judge(new Event.Ordered(M1))).isEqualTo(Opinion.BELIEVE);
    }

    @Test
    void groupWithASecretRefusesOrdersOfAgentsThatAreNotConnected() {
        Witness careful = new Witness(Node.SETTINGS, true);

        assertThat(careful.judge(M1, new Event.Ordered(M1), now)).isEqualTo(Opinion.CONTRADICTED);
        assertThat(careful.judge(M1, new Event.Yielded(M1), now)).isEqualTo(Opinion.CONTRADICTED);
        assertThat(careful.judge(M1, OWN, now)).isEqualTo(Opinion.BELIEVE);
    }

    @Test
    void whatTheAgentSaysTooIsBelieved() {
        says(MASTER);

        assertThat(judge(OWN)).isEqualTo(Opinion.BELIEVE);
        says(new Statement(State.MASTER, 109, Optional.of("m2")));
        assertThat(judge(new Event.Ordered(M1))).isEqualTo(Opinion.BELIEVE);
        says(new Statement(State.MASTER, 1, Optional.of(Statement.ANYBODY)));
        assertThat(judge(new Event.Yielded(M1))).isEqualTo(Opinion.BELIEVE);
        says(new Statement(State.INITIALIZE, 110, Optional.empty()));
        assertThat(judge(FAREWELL)).isEqualTo(Opinion.BELIEVE);
    }

    @Test
    void advertThatComesBeforeTheStatementIsBelievedWhenThatComes() {
        says(BACKUP);
        assertThat(judge(OWN)).isEqualTo(Opinion.WAIT);
        now += MS / 10;

        assertThat(says(MASTER)).isEqualTo(new Outcome(List.of(OWN), List.of(), List.of()));
    }

    @Test
    void packetThatTheAgentDoesNotConfirmWhenAskedIsSomebodyElses() {
        for (Statement truth : List.of(BACKUP, MASTER)) {
            for (Event forged : List.of(HIGHEST, advert(1), truth.isMaster() ? FAREWELL : OWN, new Event.Ordered(M1))) {
                now += 2_000 * MS;
                says(truth);
                now += 2_000 * MS;
                assertThat(judge(forged)).as("%s while %s", forged, truth).isEqualTo(Opinion.WAIT);
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
            assertThat(judge(HIGHEST)).isEqualTo(Opinion.WAIT);
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
        now += Witness.PATIENCE;
        assertThat(witness.unanswered(now)).isEqualTo(new Outcome(List.of(OWN), List.of(), List.of()));

        assertThat(judge(HIGHEST)).isEqualTo(Opinion.BELIEVE);
        questions();
        answers(BACKUP);
        assertThat(judge(HIGHEST)).isEqualTo(Opinion.WAIT);
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

        now += Witness.STALE;
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
        assertThat(says(MASTER).believed()).containsExactly(OWN);
    }

    @Test
    void answerOfAMasterStandsInForItsMissingAdverts() {
        says(MASTER);
        for (int i = 0; i < 5; i++) {
            assertThat(witness.unheardMasters()).isEmpty();
            now = witness.deadline(false);
            assertThat(questions()).containsExactly("m1");
            now += MS;
            assertThat(answers(MASTER).believed()).singleElement().satisfies(event -> {
                Advertisement advert = ((Event.Heard) event).advert();
                assertThat(advert.priority()).isEqualTo(110);
                assertThat(advert.intervalNanos()).isEqualTo(100 * MS);
            });
        }
        assertThat(witness.unheardMasters()).containsExactly("m1");

        judge(OWN);
        assertThat(witness.unheardMasters()).isEmpty();
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
        now = witness.deadline(true);
        assertThat(now - changed).isGreaterThanOrEqualTo(500 * MS);
        assertThat(witness.questions(true, now)).containsExactly("m1");

        assertThat(answers(MASTER).believed()).hasSize(1);
    }

    @Test
    void whatWaitsIsBelievedWhenThePeerLinkEnds() {
        says(BACKUP);
        judge(OWN);

        assertThat(witness.lost("m1").believed()).containsExactly(OWN);
        assertThat(judge(HIGHEST)).isEqualTo(Opinion.BELIEVE);
    }

    @Test
    void statementsAreReadAsTheyWereSaid() {
        Map<String, Statement> said = Map.of(
                "kube-master", MASTER,
                "six", new Statement(State.MASTER, 1, Optional.of(Statement.ANYBODY)),
                "old", new Statement(State.FAULT, 253, Optional.of("m3")));

        assertThat(Statement.parse(Statement.text(said))).isEqualTo(said);
        assertThat(Statement.parse("")).isEmpty();
        assertThat(Statement.parse("a:LATER:1 b:MASTER:x c d:MASTER:7:m1:more"))
                .isEqualTo(Map.of("d", new Statement(State.MASTER, 7, Optional.of("m1"))));
    }

    private Opinion judge(Event packet) {
        return witness.judge(M1, packet, now);
    }

    private Outcome says(Statement statement) {
        return witness.stated(M1, statement, false, now);
    }

    private Outcome answers(Statement statement) {
        return witness.stated(M1, statement, true, now);
    }

    private List<String> questions() {
        return witness.questions(false, now);
    }

    private static Event advert(int priority) {
        return new Event.Heard(
                M1, new Advertisement(3, Type.ADVERTISEMENT, 51, priority, 100 * MS, List.of(), Trailer.NONE));
    }
}
