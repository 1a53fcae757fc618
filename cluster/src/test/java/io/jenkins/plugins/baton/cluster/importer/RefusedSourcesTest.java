package io.jenkins.plugins.baton.cluster.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be read: one sentence for each, with its place, all in one run. */
class RefusedSourcesTest {
    private static final String INSTANCE =
            "vrrp_instance V { # %s\n  interface %s\n  virtual_router_id 51\n  virtual_ipaddress {\n    10.0.0.10\n  }\n}\n";
    private static final String LISTEN = "listen api\n  bind :8443\n  server m1 10.0.0.1:6443 # %s\n";

    @TempDir
    Path folder;

    @Test
    void everyRefusedLineOfEveryFileIsNamedAtOnce() {
        List<SourceText> keepalived = List.of(
                new SourceText("k1.conf", "include a.conf\n$VIP=10.0.0.1\n" + INSTANCE.formatted("", "eth0")),
                new SourceText("k2.conf", INSTANCE.formatted("", "${INTERFACE}") + "}\n"));
        SourceText haproxy =
                new SourceText("h.cfg", "bind :1\nglobal\n  bind \"$HOST\"\n  chroot 'x\n" + LISTEN.formatted(""));

        assertThat(refusal(keepalived, haproxy))
                .containsExactly(
                        "k1.conf:1:1: include: other files are not read; put their text here, or give them instead",
                        "k1.conf:2:1: $VIP=10.0.0.1: definitions are not expanded; write the value where it is used",
                        "k2.conf:2:13: interface: ${INTERFACE} is still the guide's placeholder; put your value there",
                        "k2.conf:8:1: a closing brace without an opening one; remove it",
                        "h.cfg:1:1: 'bind' stands before any section; is this a haproxy.cfg?",
                        "h.cfg:3:9: an environment variable; write its value",
                        "h.cfg:4:10: a quote is not closed; add it");
    }

    @Test
    void anAddressOnAnotherInterfaceThanTheAdvertsIsNeverMovedToIt() {
        String instance =
                "vrrp_instance V {\n virtual_ipaddress {\n 10.0.0.10 brd 10.0.0.255 dev eth1\n }\n interface eth0\n"
                        + " virtual_router_id 51\n}\n";

        assertThat(refusal(List.of(new SourceText("k.conf", instance)), new SourceText("h.cfg", LISTEN)))
                .singleElement()
                .asString()
                .startsWith("k.conf:1:1: vrrp_instance V: ")
                .contains(
                        "k.conf:3: 10.0.0.10 brd 10.0.0.255 dev eth1: dev eth1: the addresses of a virtual router stand on the"
                                + " interface that its adverts go over, eth0");
    }

    @Test
    void blocksWithoutANameAndFilesThatAreMissingAreNamed() {
        SourceText haproxy = new SourceText("h.cfg", LISTEN.formatted(""));
        String joined = INSTANCE.formatted("", "eth0") + "a b \\\n  c } }\n";

        assertThat(refusal(List.of(new SourceText("k.conf", "{\n a\n}\n" + INSTANCE.formatted("", "eth0"))), haproxy))
                .containsExactly("k.conf:1:1: a block without a name; write one before the brace");
        assertThat(refusal(List.of(), haproxy))
                .containsExactly("h.cfg:1:1: there is no keepalived.conf beside it; give at least one");
        assertThat(refusal(List.of(new SourceText("k.conf", joined)), haproxy))
                .containsExactly(
                        "k.conf:8:9: a closing brace without an opening one; remove it",
                        "k.conf:8:11: a closing brace without an opening one; remove it");
        assertThat(refusal(List.of(new SourceText("k.conf", INSTANCE.formatted("", "eth0\u0007"))), haproxy))
                .singleElement()
                .asString()
                .startsWith("k.conf:2:13: ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "k.conf:2:17 | eth0\u00A0   | the character U+00A0 looks like a space or like nothing, and is a part of"
                        + " the word; type a space instead, or remove it",
                "k.conf:2:13 | “eth0”      | the character U+201C is not the sign of ASCII that it looks like; type that one",
                "k.conf:2:17 | eth0；      | the character U+FF1B is not the sign of ASCII that it looks like; type that one",
                "k.conf:2:13 | $IFACE      | interface: $IFACE is still a placeholder; put your value there",
                "k.conf:2:13 | <interface> | interface: <interface> is still a placeholder; put your value there",
                "k.conf:2:13 | {{ iface }} | a template's placeholder or statement begins here; give the file that was made of the"
                        + " template",
                "k.conf:2:13 | {% if a %}  | a template's placeholder or statement begins here; give the file that was made of the"
                        + " template",
                "k.conf:2:13 | '\"{{ iface }}\"' | interface: {{ iface }} is still a placeholder; put your value there",
            })
    void whatIsStillAPlaceholderOrOnlyLooksLikeAsciiIsNamed(String place, String value, String message) {
        assertThat(refusal(
                        List.of(new SourceText("k.conf", INSTANCE.formatted("", value))),
                        new SourceText("h.cfg", LISTEN.formatted(""))))
                .containsExactly(place + ": " + message);
    }

    @ParameterizedTest
    @CsvSource({
        "$VIP:8443, bind",
        "<VIP>:8443, bind",
        "{{ vip }}:8443, bind",
        "$MASTER:6443, server m2",
        "<MASTER_2>:6443, server m2"
    })
    void aPlaceholderInTheAddressOfHaproxyIsNamed(String address, String line) {
        assertThat(refusal(
                        List.of(new SourceText("k.conf", INSTANCE.formatted("", "eth0"))),
                        new SourceText("h.cfg", LISTEN.formatted("") + "  " + line + " " + address + "\n")))
                .allSatisfy(sentence -> assertThat(sentence).contains(" is still a placeholder; put your value there"))
                .isNotEmpty();
    }

    @Test
    void aScriptMayHaveWhatElsewhereIsAPlaceholder() throws Exception {
        String scripts = "vrrp_script a {\n  script \"/opt/check '{{.State.Running}}' $HOME <file>\"\n}\n";

        assertThat(Importer.importFiles(
                                List.of(new SourceText("k.conf", scripts + INSTANCE.formatted("", "eth0"))),
                                new SourceText("h.cfg", LISTEN.formatted("")))
                        .yaml())
                .contains("virtualRouterId: 51");
    }

    @Test
    void aVariableInALineThatIsNotNeededDoesNoHarm() throws Exception {
        String global = "global\n  log \"${SYSLOG}:514\" local0\n  user \"$NAME\"\n";

        assertThat(Importer.importFiles(
                                List.of(new SourceText("k.conf", INSTANCE.formatted("", "eth0"))),
                                new SourceText("h.cfg", global + LISTEN.formatted("")))
                        .notCarriedOver())
                .extracting(line -> line.file() + ":" + line.line())
                .contains("h.cfg:2", "h.cfg:3");
    }

    @Test
    void repeatedLinesAreNotExpanded() {
        assertThat(refusal(
                        List.of(new SourceText("k.conf", "~SEQ(i, 1, 2) group_$i\n" + INSTANCE.formatted("", "eth0"))),
                        new SourceText("h.cfg", LISTEN.formatted(""))))
                .containsExactly("k.conf:1:1: ~SEQ: repeated lines are not expanded; write each of them");
    }

    @Test
    void endlessNestingIsRefused() {
        SourceText keepalived = new SourceText("k.conf", "a {\n".repeat(20_000));

        assertThat(refusal(List.of(keepalived), new SourceText("h.cfg", LISTEN)))
                .contains("k.conf:17:3: blocks are nested deeper than keepalived has any");
    }

    @Test
    void commentsInGbkAndLatin1AreRead() throws Exception {
        for (Charset charset : List.of(Charset.forName("GBK"), StandardCharsets.ISO_8859_1)) {
            String comment = charset.equals(StandardCharsets.ISO_8859_1) ? "Überwachung" : "虚拟地址";
            ImportResult result = Importer.importFiles(
                    List.of(SourceText.of(
                            "k.conf", INSTANCE.formatted(comment, "eth0").getBytes(charset))),
                    SourceText.of("h.cfg", LISTEN.formatted(comment).getBytes(charset)));
            assertThat(result.yaml()).contains("interface: eth0 # k.conf:2");
        }
    }

    @Test
    void aByteThatIsNotUtf8OutsideOfCommentsIsNamed() throws Exception {
        SourceText keepalived =
                SourceText.of("k.conf", INSTANCE.formatted("", "接口").getBytes(Charset.forName("GBK")));

        assertThat(refusal(List.of(keepalived), new SourceText("h.cfg", LISTEN)))
                .containsExactly(
                        "k.conf:2:13: interface: the byte 0xBD is not UTF-8, and only comments may have such; write the"
                                + " value in ASCII or save the file as UTF-8");
    }

    @Test
    void whatIsNoTextFileIsRefusedWithOneSentence() throws Exception {
        assertThat(read(folder)).isEqualTo(folder + ":1:1: is a directory; name the file in it");
        assertThat(read(Path.of("/dev/zero")))
                .isEqualTo("/dev/zero:1:1: is a device or a pipe, not a file; save its text to a file first");
        assertThat(read(folder.resolve("none"))).endsWith("none:1:1: there is no such file");
        Path large = Files.createFile(folder.resolve("large"));
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(100 << 20);
        }
        assertThat(read(large))
                .endsWith("large:1:1: is larger than 1 MiB, which no such configuration is; is it another file?");
        Path mark = Files.writeString(folder.resolve("mark"), "\uFEFFglobal\n");
        assertThat(read(mark))
                .endsWith("mark:1:1: begins with a byte order mark (UTF-8); save it as UTF-8 without one");
    }

    private static String read(Path file) {
        return catchThrowableOfType(ImportException.class, () -> SourceText.read(file))
                .getMessage();
    }

    private static List<String> refusal(List<SourceText> keepalived, SourceText haproxy) {
        return catchThrowableOfType(ImportException.class, () -> Importer.importFiles(keepalived, haproxy))
                .problems()
                .stream()
                .map(Object::toString)
                .toList();
    }
}
