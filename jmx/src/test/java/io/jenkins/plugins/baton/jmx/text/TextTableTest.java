package io.jenkins.plugins.baton.jmx.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheirLongestCellAndLinesEndWithoutBlanks() {
        TextTable table = new TextTable(false, "NODE", "N", "STATE");
        table.row("a-very-long-name", 1, "MASTER");
        table.row("b", 12, "");

        assertThat(table.lines())
                .containsExactly("NODE              N   STATE", "a-very-long-name  1   MASTER", "b                 12");
    }

    @Test
    void colourTakesNoWidth() {
        TextTable table = new TextTable(true, "A", "B");
        table.row().cell("up", TextTable.Style.GOOD).cell("x");

        assertThat(table.lines())
                .containsExactly("\u001b[1mA\u001b[0m   \u001b[1mB\u001b[0m", "\u001b[32mup\u001b[0m  x");
    }

    @Test
    void aCellCannotControlTheTerminal() {
        TextTable table = new TextTable(false, "A");
        table.row("a\u001b[2Jb\nc\u202ed");

        assertThat(table.lines()).containsExactly("A", "a?[2Jb?c?d");
    }
}
