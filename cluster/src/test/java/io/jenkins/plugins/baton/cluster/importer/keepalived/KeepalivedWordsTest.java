package io.jenkins.plugins.baton.cluster.importer.keepalived;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.text.Word;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A word as {@code column:text}, with {@code "} before the text where quotes stood around it. */
class KeepalivedWordsTest {

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\u0001',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "priority 100 => 1:priority 10:100",
                "  a\tb  => 3:a 5:b",
                "a{b}c => 1:a 2:{ 3:b 4:} 5:c",
                "a \"b c\"d => 1:a 3:\"b_c 8:d",
                "a \"\" => 1:a 3:\"",
                "a \"b c => 1:a 3:\"b_c",
                "a; b;; => 1:a 1:; 4:b 4:;",
                "; => 1:;",
                "a\\#b\\!c\\d => 1:a#b!c\\d",
                "a\\ b => 1:a\\ 4:b",
                "a\\\"b\" => 1:a\\ 3:\"b",
                "a\\ => 1:a\\",
                "${A B}c $d ${e => 1:${A_B}c 9:$d 12:$ 13:{ 14:e",
                "$ {a} => 1:$ 3:{ 4:a 5:}",
                "auth_pass a{b};c => 1:auth_pass 11:a{b};c",
                "auth_pass {a; => 1:auth_pass 11:{ 12:a 12:;",
                "auth_type {a; => 1:auth_type 11:{ 12:a 12:;",
                "script \"a 'b' \\\"c\\\"\" d => 1:script 8:\"a_'b'_\"c\" 22:d",
                "script 'a \"b\"' => 1:script 8:\"a_\"b\"",
                "script a\\ b\\qc => 1:script 8:a_bqc",
                "script a{b => 1:script 8:a 9:{ 10:b",
                "script a\\ => 1:script 8:a\\",
                "{ notify_master a\\ b } c\\d => 1:{ 3:notify_master 17:a_b 22:} 24:c\\d",
                "x script a\\b => 1:x 3:script 10:a\\b",
                "notify a'b c'd => 1:notify 8:\"ab_cd",
            })
    void lineIsSplitAsKeepalivedSplitsIt(String line, String words) {
        assertThat(KeepalivedWords.of(line).words().stream()
                        .map(KeepalivedWordsTest::text)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(words);
    }

    @Test
    void lettersBehindABackslashInACommandAreThoseOfC() {
        assertThat(KeepalivedWords.of("script \"a\\tb\\v\"").words().get(1)).isEqualTo(new Word("a\tb\u000b", 8, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a b!c", "a \"b\"#c", "script a#b", "a b#"})
    void commentWithinAWordMayBeAMistake(String line) {
        assertThat(KeepalivedWords.of(line).isCut()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"# a", "a # b", "a {#b", "a }!b", "!a", "a", "a\t#b"})
    void otherCommentsAreNone(String line) {
        assertThat(KeepalivedWords.of(line).isCut()).isFalse();
    }

    @Test
    void backslashAtTheEndJoinsTheNextLineOutsideOfComments() {
        assertThat(KeepalivedWords.isContinued("a \\")).isTrue();
        assertThat(KeepalivedWords.isContinued("a \\\\")).isFalse();
        assertThat(KeepalivedWords.isContinued("a")).isFalse();
        assertThat(KeepalivedWords.isContinued("  # a \\")).isFalse();
        assertThat(KeepalivedWords.isContinued("! a \\")).isFalse();
    }

    private static String text(Word word) {
        return word.column() + ":" + (word.quoted() ? "\"" : "") + word.text().replace(' ', '_');
    }
}
