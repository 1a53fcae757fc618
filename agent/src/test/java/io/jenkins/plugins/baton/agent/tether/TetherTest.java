package io.jenkins.plugins.baton.agent.tether;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.lab.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real connections between addresses of the loopback interface, which stand for nodes. */
class TetherTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String M1 = "127.86.13.30";
    private static final String M2 = "127.86.13.31";

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final List<AutoCloseable> open = new ArrayList<>();
    private final int port = freePort();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    @Test
    void agentsKnowOfEachOtherAndOfTheEndOfOne() {
        start("m2", M2, "m1", M1);
        Tether m1 = start("m1", M1, "m2", M2);
        awaitTold("m1: m2 tethered");
        awaitTold("m2: m1 tethered");
        assertThat(m1.tethered()).containsExactly("m2");

        m1.close();
        awaitTold("m2: m1 ended");
        assertThat(told).doesNotContain("m1: m2 ended");
    }

    @Test
    void agentThatComesBackIsTetheredAgain() {
        start("m2", M2, "m1", M1);
        Tether m1 = start("m1", M1, "m2", M2);
        awaitTold("m2: m1 tethered");
        m1.close();
        awaitTold("m2: m1 ended");
        start("m1", M1, "m2", M2);

        Await.until("m1 is back", SOON, () -> Collections.frequency(told, "m2: m1 tethered") == 2);
    }

    @Test
    void offersReachThePeersNowAndThoseThatConnectLater() {
        Tether m1 = start("m1", M1, "m2", M2);
        m1.offer("kernel kube-apiserver");
        start("m2", M2, "m1", M1);
        awaitTold("m2: m1 offers kernel kube-apiserver");
        m1.offer("leaving");

        awaitTold("m2: m1 offers leaving");
    }

    @Test
    void offerIsOneLineOfBoundedLength() {
        String longest = "a".repeat(Tether.LONGEST_OFFER);
        Tether m1 = start("m1", M1, "m2", M2);

        assertThatThrownBy(() -> m1.offer("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> m1.offer(longest + "a")).isInstanceOf(IllegalArgumentException.class);
        m1.offer(longest);
        start("m2", M2, "m1", M1);
        awaitTold("m2: m1 offers " + longest);
    }

    @Test
    void closedTetherTakesWhatItIsToldWithoutComplaint() {
        Tether m1 = start("m1", M1, "m2", M2);
        m1.close();

        assertThatCode(() -> m1.offer("late")).doesNotThrowAnyException();
        assertThatCode(m1::close).doesNotThrowAnyException();
    }

    @Test
    void strangerIsTurnedAwayUnheard() throws IOException {
        start("m1", M1, "m2", M2);
        try (Socket stranger = connectFrom("127.86.13.99")) {
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void eachOfManyStrangersIsTurnedAway() throws IOException {
        start("m1", M1, "m2", M2);
        List<Socket> strangers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            strangers.add(connectFrom("127.86.13.99"));
        }
        for (Socket stranger : strangers) {
            assertThat(stranger.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void peerWhoseConnectionIsResetWhileItListensHasNotEnded() throws IOException {
        try (ServerSocket m2 = listen(M2)) {
            start("m1", M1, "m2", M2);
            Socket first = m2.accept();
            first.getOutputStream().write("baton \n".getBytes());
            awaitTold("m1: m2 tethered");
            first.setSoLinger(true, 0);
            first.close();
            Socket second = m2.accept();
            second.getOutputStream().write("baton \n".getBytes());
            Await.until("m2 is tethered again", SOON, () -> Collections.frequency(told, "m1: m2 tethered") == 2);
            second.close();
        }
        assertThat(told).doesNotContain("m1: m2 ended");
    }

    @Test
    void peerWhoseConnectionIsResetAndWhichThenRefusesMayLive() throws IOException {
        Socket first;
        try (ServerSocket m2 = listen(M2)) {
            start("m1", M1, "m2", M2);
            first = m2.accept();
            first.getOutputStream().write("baton \n".getBytes());
            awaitTold("m1: m2 tethered");
        }
        first.setSoLinger(true, 0);
        first.close();
        awaitTold("m1: m2 untethered");
        start("m2", M2, "m1", M1);
        Await.until("m2 is tethered again", SOON, () -> Collections.frequency(told, "m1: m2 tethered") == 2);
        assertThat(told).doesNotContain("m1: m2 ended");
    }

    @Test
    void portThatIsTakenIsAWarningAndUsedWhenItIsFree() throws IOException {
        try (ServerSocket taken = listen(M1)) {
            start("m1", M1, "m2", M2);
            Await.until("m1 warns", SOON, () -> told.stream()
                    .anyMatch(t -> t.startsWith("m1: The tether cannot listen on " + M1 + " port " + taken.getLocalPort())));
        }
        start("m2", M2, "m1", M1);
        awaitTold("m2: m1 tethered");
    }

    @Test
    void whatTalksWithoutEndIsNoAgentAndLeftAlone() throws IOException {
        assertIsNoAgent("x".repeat(Tether.LONGEST_LINE));
    }

    @Test
    void programWithABannerIsNoAgentAndItsEndProvesNothing() throws IOException {
        assertIsNoAgent("220 mail\r\n");
    }

    private void assertIsNoAgent(String words) throws IOException {
        try (ServerSocket m2 = listen(M2)) {
            start("m1", M1, "m2", M2);
            try (Socket program = m2.accept()) {
                program.getOutputStream().write(words.getBytes());
                Await.until("m1 warns", SOON, () -> told.stream().anyMatch(t -> t.endsWith("missing adverts alone")));
            }
        }
        assertThat(told).doesNotContain("m1: m2 tethered", "m1: m2 ended");
    }

    @Test
    void nodeThatLeavesTheFileIsLetGo() {
        Tether m1 = start("m1", M1, "m2", M2);
        start("m2", M2, "m1", M1);
        awaitTold("m1: m2 tethered");
        m1.watch(List.of());

        awaitTold("m1: m2 untethered");
        assertThat(m1.tethered()).isEmpty();
    }

    private Tether start(String name, String own, String peer, String peerAddress) {
        try {
            Tether tether = Tether.start(
                    new InetSocketAddress(own, port),
                    List.of(new Tether.Peer(peer, InetAddress.getByName(peerAddress), port)),
                    new Diary(name));
            open.add(tether);
            return tether;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitTold(String what) {
        Await.until(what, SOON, () -> told.contains(what));
    }

    private ServerSocket listen(String address) throws IOException {
        return new ServerSocket(port, 10, InetAddress.getByName(address));
    }

    private Socket connectFrom(String address) {
        Await.until("m1 listens", SOON, () -> {
            try {
                Socket attempt = new Socket(InetAddress.getByName(M1), port, InetAddress.getByName(address), 0);
                open.add(attempt);
                return true;
            } catch (IOException e) {
                return false;
            }
        });
        return (Socket) open.get(open.size() - 1);
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(M1))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Diary implements TetherListener {
        private final String node;

        Diary(String node) {
            this.node = node;
        }

        @Override
        public void tethered(String peer) {
            told.add(node + ": " + peer + " tethered");
        }

        @Override
        public void untethered(String peer) {
            told.add(node + ": " + peer + " untethered");
        }

        @Override
        public void ended(String peer) {
            told.add(node + ": " + peer + " ended");
        }

        @Override
        public void offered(String peer, String offer) {
            told.add(node + ": " + peer + " offers " + offer);
        }

        @Override
        public void warned(String sentence) {
            told.add(node + ": " + sentence);
        }
    }
}
