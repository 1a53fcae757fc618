package io.jenkins.plugins.baton.agent.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.baton.agent.management.control.ControlClient;
import io.jenkins.plugins.baton.agent.management.control.RunningAgent;
import io.jenkins.plugins.baton.agent.management.control.Words;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ControlSocketTest {
    @TempDir
    Path folder;

    private RunningComponents agent;

    @BeforeEach
    void start() throws Exception {
        agent = new RunningComponents(folder);
    }

    @AfterEach
    void close() throws IOException {
        agent.close();
    }

    @Test
    void statusIsOneObjectOnOneLine() throws Exception {
        assertThat(ask("status json"))
                .startsWith("{\"node\":\"m1\"")
                .endsWith("}\n")
                .hasLineCount(1);
    }

    @Test
    void statusForAPersonIsATable() throws Exception {
        assertThat(ask("status"))
                .contains("api/b1")
                .contains("WEIGHT")
                .doesNotContain("\u001b")
                .doesNotContain("{");
        assertThat(ask("status colour")).contains("\u001b[");
    }

    @Test
    void aBackendIsDrainedByItsNameOrWithItsFrontends() throws Exception {
        assertThat(ask("drain b1")).isEqualTo("api/b1 gets no new connections\n");
        assertThat(ask("status json")).containsPattern("\"name\":\"b1\"[^}]*\"health\":\"DRAIN\"");
        assertThat(ask("enable api/b1")).isEqualTo("api/b1 gets new connections again\n");
        assertThat(ask("status json")).doesNotContain("DRAIN");
    }

    @Test
    void everyOperationOfABeanCanBeAskedFor() throws Exception {
        String backend = Words.encode("baton:type=Backend,frontend=api,name=b1");
        assertThat(ask("operate " + backend + " setWeight 7 " + Words.encode("a slow disk & more")))
                .isEqualTo("setWeight(7, a slow disk & more) of baton:type=Backend,frontend=api,name=b1\n1\n");
        assertThat(ask("status json")).containsPattern("\"name\":\"b1\"[^}]*\"weight\":7");

        ask("operate " + backend + " drain " + Words.encode(""));
        assertThat(ask("status json")).containsPattern("\"name\":\"b1\"[^}]*\"health\":\"DRAIN\"");
    }

    @Test
    void operationsThatDoNotExistAreRefusedWithThoseThatDo() {
        String backend = Words.encode("baton:type=Backend,frontend=api,name=b1");
        assertRefused("operate " + backend + " setWeight 257", 2, "The weight of a backend is 0..256, not 257");
        assertRefused("operate " + backend + " setWeight heavy", 2, "The argument weight is a number, not 'heavy'");
        assertThatThrownBy(() -> ask("operate " + backend + " explode"))
                .hasMessageStartingWith("'explode' with 0 arguments is no operation of " + "baton:type=Backend")
                .hasMessageContaining("setWeight(weight, reason)");
        assertThatThrownBy(() -> ask("operate " + backend + " explode now"))
                .hasMessageStartingWith("'explode' with 1 argument is no operation");
        assertRefused("operate baton:type=Agent explode", 2, "baton:type=Agent has no operations");
        assertThatThrownBy(() -> ask("operate baton:type=Check,name=x enable"))
                .hasMessageStartingWith(
                        "There is no bean baton:type=Check,name=x on this node; there are: baton:type=Agent");
        assertThatThrownBy(() -> ask("operate java.lang:type=Memory gc"))
                .hasMessageContaining("names no bean of Baton");
        assertThatThrownBy(() -> ask("operate")).hasMessageStartingWith("Name a bean and an operation");
    }

    @Test
    void aWatcherMayAskForTheStatusAlsoWhenNothingChanges() throws Exception {
        try (SocketChannel watcher = connect()) {
            send(watcher, "status json watch every=100\n");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(watcher), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("ok");
            int unchanged = 0;
            while (unchanged < 3) {
                unchanged += lines.readLine().contains("\"change\"") ? 0 : 1;
            }
        }
    }

    @Test
    void whatDoesNotExistIsRefusedWithWhatDoes() {
        assertRefused("drain nobody", 2, "There is no backend 'nobody' on this node; there are: api/b1, api/b2");
        assertRefused("drain", 2, "Name one backend");
        assertRefused("dance", 2, "The agent does not know the command 'dance'");
        assertRefused("handover", 1, "This node holds no virtual address, so it has nothing to hand over");
    }

    @Test
    void backendsOfANodeWithoutFrontendsAreNotListed() throws Exception {
        agent.reload(agent.fileWithoutFrontends());

        assertRefused("drain b1", 2, "There is no backend 'b1' on this node, which serves no frontend");
    }

    @Test
    void aWatcherSeesEveryChangeOnALineOfItsOwn() throws Exception {
        try (SocketChannel watcher = connect()) {
            send(watcher, "status json watch\n");
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(watcher), StandardCharsets.UTF_8));
            assertThat(lines.readLine()).isEqualTo("ok");
            assertThat(lines.readLine()).startsWith("{\"node\"").doesNotContain("\"change\"");
            ask("drain b1");
            String line = lines.readLine();
            while (!line.contains("\"newValue\":\"DRAIN\"")) {
                line = lines.readLine(); // the first checks may end in between
            }
            assertThat(line)
                    .contains("\"change\":{\"bean\":\"baton:type=Backend,frontend=api,name=b1\"")
                    .contains("\"attribute\":\"Health\"");
        }
    }

    @Test
    void garbageAndSilenceDoNotKeepTheAgentFromAnsweringOthers() throws Exception {
        List<SocketChannel> bad = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                SocketChannel client = connect();
                bad.add(client);
                if (i % 2 == 0) {
                    sendUntilCutOff(client);
                }
            }
            assertThat(ask("status json")).contains("\"node\":\"m1\"");
        } finally {
            for (SocketChannel client : bad) {
                client.close();
            }
        }
    }

    @Test
    void moreClientsThanAllowedAreTurnedAwayAndThenTheNextIsServed() throws Exception {
        List<SocketChannel> silent = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            silent.add(connect());
        }
        for (SocketChannel client : silent) {
            client.close();
        }
        String answer = "";
        while (answer.isEmpty()) {
            try {
                answer = ask("status json"); // until the agent has seen that the others went
            } catch (IOException e) {
                Thread.sleep(50);
            }
        }
        assertThat(answer).contains("\"node\":\"m1\"");
    }

    @Test
    void aSilentClientIsCutOff() throws Exception {
        try (SocketChannel client = connect()) {
            assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void onlyTheAgentsUserAndGroupMayConnect() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                .isEqualTo("rw-rw----");
    }

    @Test
    void noAnswerControlsTheOperatorsTerminal() {
        assertRefused(
                "drain \u001b[2J\u009b2J", 2, "There is no backend '?[2J?2J' on this node; there are: api/b1, api/b2");
    }

    @Test
    void nothingIsLeftBehind() throws Exception {
        agent.close();
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> agent.find()).isInstanceOf(RunningAgent.NotRunning.class);
        assertThat(FreePort.isFree(agent.jmxPort)).isTrue();
        assertThat(FreePort.isFree(agent.frontendPort)).isTrue();
    }

    private void assertRefused(String question, int exitCode, String sentence) {
        assertThatThrownBy(() -> ask(question))
                .isInstanceOf(ControlClient.RefusedException.class)
                .hasMessage(sentence)
                .extracting(e -> ((ControlClient.RefusedException) e).exitCode())
                .isEqualTo(exitCode);
    }

    private String ask(String question) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ControlClient.ask(agent.find(), question, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private Path socket() {
        return agent.runtime.socket("m1");
    }

    private SocketChannel connect() throws IOException {
        return SocketChannel.open(UnixDomainSocketAddress.of(socket()));
    }

    private static void send(SocketChannel client, String text) throws IOException {
        client.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** A line that never ends. */
    private static void sendUntilCutOff(SocketChannel client) {
        try {
            for (int i = 0; i < 1000; i++) {
                send(client, "\u0000\uffff garbage ".repeat(100));
            }
        } catch (IOException e) {
            return; // cut off, as it should be
        }
        throw new AssertionError("the agent goes on reading");
    }
}
