package io.jenkins.plugins.baton.agent.peerlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.secret.GroupSecret;
import io.jenkins.plugins.baton.agent.secret.SecretFile;
import io.jenkins.plugins.baton.lab.Await;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real connections between addresses of the loopback interface, which stand for nodes. */
class PeerConnectionsTest {
    private static final Duration AWAIT_TIMEOUT = Duration.ofSeconds(60);
    private static final String M1 = "127.86.13.30";
    /** What any agent says first, to whomever. */
    private static final String AGENT = "baton hello 00\nbaton capabilities \n";

    private static final String M2 = "127.86.13.31";

    private static final String OLD = "00".repeat(32);
    private static final String NEW = "11".repeat(32);

    @TempDir
    Path folder;

    private final List<String> told = new CopyOnWriteArrayList<>();
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
        PeerConnections m1 = start("m1", M1, "m2", M2);
        awaitTold("m1: m2 connected");
        awaitTold("m2: m1 connected");
        assertThat(m1.connectedPeers()).containsExactly("m2");

        m1.close();
        awaitTold("m2: m1 ended");
        assertThat(told).doesNotContain("m1: m2 ended");
    }

    @Test
    void agentThatComesBackIsConnectedAgain() {
        start("m2", M2, "m1", M1);
        for (int life = 1; life <= 5; life++) {
            int lives = life;
            PeerConnections m1 = start("m1", M1, "m2", M2);
            Await.until(
                    "m1 is connected", AWAIT_TIMEOUT, () -> Collections.frequency(told, "m2: m1 connected") == lives);
            m1.close();
            Await.until("m1 has ended", AWAIT_TIMEOUT, () -> Collections.frequency(told, "m2: m1 ended") == lives);
        }
    }

    @Test
    void capabilitiesReachThePeersNowAndThoseThatConnectLater() {
        PeerConnections m1 = start("m1", M1, "m2", M2);
        m1.advertise("kernel kube-apiserver");
        start("m2", M2, "m1", M1);
        awaitTold("m2: m1 advertises kernel kube-apiserver");
        awaitTold("m1: m2 advertises m2 says");
        m1.advertise("leaving");

        awaitTold("m2: m1 advertises leaving");
    }

    @Test
    void capabilitiesAreOneLineOfBoundedLength() {
        String longest = "a".repeat(PeerConnections.MAX_CAPABILITIES);
        PeerConnections m1 = start("m1", M1, "m2", M2);

        assertThatThrownBy(() -> m1.advertise("a\nb")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> m1.advertise(longest + "a")).isInstanceOf(IllegalArgumentException.class);
        m1.advertise(longest);
        start("m2", M2, "m1", M1);
        awaitTold("m2: m1 advertises " + longest);
    }

    @Test
    void closedConnectionsTakeWhatTheyAreToldWithoutComplaint() {
        PeerConnections m1 = start("m1", M1, "m2", M2);
        m1.close();

        assertThatCode(() -> m1.advertise("late")).doesNotThrowAnyException();
        assertThatCode(m1::close).doesNotThrowAnyException();
    }

    @Test
    void whatRoutersDoReachesThePeersAndIsAnsweredToThoseWhoAsk() {
        PeerConnections m1 = start("m1", M1, "m2", M2);
        m1.state("vip:BACKUP:100");
        PeerConnections m2 = start("m2", M2, "m1", M1);
        awaitTold("m2: m1 states vip:BACKUP:100");
        m1.state("vip:MASTER:100");
        awaitTold("m2: m1 states vip:MASTER:100");
        m2.ask("m1");
        awaitTold("m1: m2 asks");
        m1.answer("m2", "vip:MASTER:99");

        awaitTold("m2: m1 answers vip:MASTER:99");
    }

    @Test
    void agentsOfOneSecretHearEachOtherWhileItIsReplaced() throws Exception {
        GroupSecret first = secret(OLD, NEW);
        PeerConnections m1 = start("m1", M1, "m2", M2, secret(OLD));
        PeerConnections m2 = start("m2", M2, "m1", M1, first);
        awaitTold("m1: m2 advertises m2 says");
        awaitTold("m2: m1 advertises m1 says");
        m1.secret(first);
        m1.secret(secret(NEW, OLD));
        m1.advertise("by the new one");
        awaitTold("m2: m1 advertises by the new one");
        m2.secret(secret(NEW));
        m1.secret(secret(NEW));
        m2.advertise("alone");

        awaitTold("m1: m2 advertises alone");
        assertThat(told).doesNotContain("m1: m2 disconnected", "m2: m1 disconnected");
    }

    @Test
    void whoDoesNotKnowTheSecretIsNotHeardAndToldOf() throws Exception {
        start("m1", M1, "m2", M2, secret(OLD));
        try (FakeAgent m2 = impostor()) {
            m2.say(AGENT);
            m2.awaitReset();
        }
        PeerConnections m2 = start("m2", M2, "m1", M1, secret(NEW));
        Await.until(
                "both warn",
                AWAIT_TIMEOUT,
                () -> told.stream()
                                .filter(t -> t.contains("is signed with a secret that this node does not have"))
                                .count()
                        >= 2);
        assertThat(m2.connectedPeers()).isEmpty();
        assertThat(told).doesNotContain("m1: m2 connected");
    }

    @Test
    void nobodyListens() {
        PeerConnections m1 = start("m1", M1, "m2", M2);
        assertThatThrownBy(() -> new Socket(M1, port)).isInstanceOf(ConnectException.class);
        start("m2", M2, "m1", M1);
        awaitTold("m1: m2 connected");

        assertThatThrownBy(() -> new Socket(M1, port)).isInstanceOf(ConnectException.class);
        assertThat(m1.connectedPeers()).containsExactly("m2");
    }

    @Test
    void endOfAPeerIsAFinAndNotAReset() throws Exception {
        start("m1", M1, "m2", M2);
        try (FakeAgent m2 = impostor()) {
            m2.say(AGENT);
            awaitTold("m1: m2 connected");
            m2.reset();
        }
        awaitTold("m1: m2 disconnected");
        try (FakeAgent again = impostor()) {
            again.say(AGENT);
            Await.until(
                    "m2 is connected again", AWAIT_TIMEOUT, () -> Collections.frequency(told, "m1: m2 connected") == 2);
            assertThat(told).doesNotContain("m1: m2 ended");
        }
        awaitTold("m1: m2 ended");
    }

    @Test
    void agentThatSaysSomethingElseAllOfASuddenIsLetGoAndHasNotEnded() throws Exception {
        start("m1", M1, "m2", M2);
        try (FakeAgent m2 = impostor()) {
            m2.say(AGENT);
            awaitTold("m1: m2 connected");
            m2.say("220 mail\r\n");
            awaitTold("m1: m2 disconnected");
        }
        impostor().say(AGENT + "baton capabilities again\n");
        awaitTold("m1: m2 advertises again");
        assertThat(told).doesNotContain("m1: m2 ended");
    }

    @Test
    void peerThatNeverSpokeIsNoAgentAndDoesNotEnd() throws Exception {
        start("m1", M1, "m2", M2);
        impostor().close();
        try (FakeAgent m2 = impostor()) {
            m2.say("baton hello 1\nbaton capabilities later\n");
            awaitTold("m1: m2 advertises later");
        }
        // On a busy machine it warns before the second one is there.
        assertThat(told)
                .filteredOn(t -> !t.contains("The peer link to m2 is down"))
                .startsWith("m1: m2 connected");
    }

    @Test
    void portThatIsTakenIsAWarningAndUsedWhenItIsFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(port, 10, InetAddress.getByName(M1))) {
            start("m1", M1, "m2", M2);
            long files = openFiles();
            Await.until(
                    "m1 warns",
                    AWAIT_TIMEOUT,
                    () -> told.stream()
                            .anyMatch(t -> t.startsWith("m1: The peer link to m2 is down (TCP from port "
                                            + taken.getLocalPort() + " of " + M1)
                                    && t.contains("Address already in use")));
            assertThat(openFiles()).isLessThan(files + 5);
        }
        start("m2", M2, "m1", M1);
        awaitTold("m2: m1 connected");
    }

    @Test
    void whatTalksWithoutEndIsNoAgentAndLeftAlone() throws Exception {
        assertIsNoAgent("x".repeat(PeerConnections.MAX_LINE + 1));
    }

    @Test
    void programWithABannerIsNoAgentAndItsEndProvesNothing() throws Exception {
        assertIsNoAgent("220 mail\r\n");
    }

    private void assertIsNoAgent(String words) throws Exception {
        start("m1", M1, "m2", M2);
        try (FakeAgent m2 = impostor()) {
            m2.say(words);
            m2.awaitReset();
        }
        Await.until(
                "m1 warns",
                AWAIT_TIMEOUT,
                () -> told.stream().anyMatch(t -> t.contains("The peer link to m2 is down")));
        assertThat(told).doesNotContain("m1: m2 connected", "m1: m2 ended");
    }

    @Test
    void nodeThatLeavesTheFileIsLetGoAndDoesNotThinkThatThisAgentHasEnded() {
        PeerConnections m1 = start("m1", M1, "m2", M2);
        start("m2", M2, "m1", M1);
        awaitTold("m1: m2 connected");
        awaitTold("m2: m1 connected");
        m1.watch(List.of());

        awaitTold("m1: m2 disconnected");
        awaitTold("m2: m1 disconnected");
        assertThat(m1.connectedPeers()).isEmpty();
        awaitTold("m2: The peer link to m1 is down (TCP from port " + port + " of " + M2 + " to port " + port + " of "
                + M1
                + "): there is no answer. Until it is up, the end of its agent is noticed by its missing adverts alone."
                + " If the agent runs, look for a firewall, or another program on the port");
        assertThat(told).doesNotContain("m2: m1 ended");
    }

    private PeerConnections start(String name, String own, String peer, String peerAddress) {
        return start(name, own, peer, peerAddress, GroupSecret.NONE);
    }

    private PeerConnections start(String name, String own, String peer, String peerAddress, GroupSecret secret) {
        PeerConnections.Peer other = new PeerConnections.Peer(
                peer, new InetSocketAddress(own, port), new InetSocketAddress(peerAddress, port));
        PeerConnections connections =
                PeerConnections.start(name, List.of(other), secret, name + " says", new Log(name));
        open.add(connections);
        return connections;
    }

    private void awaitTold(String what) {
        Await.until(what, AWAIT_TIMEOUT, () -> told.contains(what));
    }

    /** What has m2's address, and signs as agents do. */
    private FakeAgent impostor() {
        return FakeAgent.between(address(M2), address(M1), port);
    }

    private GroupSecret secret(String... keys) throws Exception {
        Path file = Files.createTempFile(folder, "secret", "");
        Files.writeString(file, String.join("\n", keys));
        return SecretFile.read(file);
    }

    private static long openFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("/proc/self/fd"))) {
            return files.count();
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getByName(M1))) {
            return probe.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private final class Log implements PeerLinkListener {
        private final String node;

        Log(String node) {
            this.node = node;
        }

        @Override
        public void connected(String peer) {
            told.add(node + ": " + peer + " connected");
        }

        @Override
        public void disconnected(String peer) {
            told.add(node + ": " + peer + " disconnected");
        }

        @Override
        public void ended(String peer) {
            told.add(node + ": " + peer + " ended");
        }

        @Override
        public void advertised(String peer, String capabilities) {
            told.add(node + ": " + peer + " advertises " + capabilities);
        }

        @Override
        public void stated(String peer, String state, boolean answer) {
            told.add(node + ": " + peer + (answer ? " answers " : " states ") + state);
        }

        @Override
        public void asked(String peer) {
            told.add(node + ": " + peer + " asks");
        }

        @Override
        public void warned(String sentence) {
            told.add(node + ": " + sentence);
        }
    }
}
