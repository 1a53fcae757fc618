package io.jenkins.plugins.baton.fleet.ssh.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FramedTest {
    private final List<String> heard = new ArrayList<>();

    private Framed begun(Framed.Keep keep) throws Exception {
        Framed framed = new Framed("m", heard::add, keep, 10);
        framed.line("Welcome");
        framed.line("m-begin");
        framed.line("1234567");
        return framed;
    }

    @Test
    void moreThanTheLimitIsAnError() throws Exception {
        Framed framed = begun(Framed.Keep.ALL);

        assertThatThrownBy(() -> framed.line("1234567"))
                .isInstanceOf(OutputTooLongException.class)
                .hasMessageContaining("10");
    }

    @Test
    void beginningHasNoGaps() throws Exception {
        Framed framed = begun(Framed.Keep.BEGINNING);
        framed.line("abcdefg");
        framed.line("x");

        assertThat(framed.text()).isEqualTo("1234567\n");
    }

    @Test
    void linesThatSomebodyHearsMayGoOnForEverAndTheBeginningIsKept() throws Exception {
        Framed framed = begun(Framed.Keep.BEGINNING);
        framed.line("abcdefg");
        framed.line("m-end-3");

        assertThat(framed.text()).isEqualTo("1234567\n");
        assertThat(heard).containsExactly("1234567", "abcdefg");
        assertThat(framed.status()).hasValue(3);
    }

    @Test
    void linesEndWithAnyLineEndAndAreBounded() throws Exception {
        BoundedLines lines = new BoundedLines(new StringReader("a\r\n\nb\rc\n1234\n12345"), 4);
        for (String line : List.of("a", "", "b", "c", "1234")) {
            assertThat(lines.next()).contains(line);
        }
        assertThatThrownBy(lines::next).isInstanceOf(OutputTooLongException.class);
        assertThat(new BoundedLines(new StringReader("a"), 4).next()).contains("a");
        assertThat(new BoundedLines(new StringReader(""), 4).next()).isEmpty();
    }
}
