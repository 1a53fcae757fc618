package io.jenkins.plugins.baton.cluster.importer.haproxy;

import io.jenkins.plugins.baton.cluster.importer.text.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The words of a line of haproxy.cfg (configuration manual, section 2.2): a backslash takes the next character as it is
 * or stands for a control character, strong quotes take everything, weak ones everything but backslashes and variables.
 *
 * @param error why the line cannot be split; then there are no words
 * @param column of the error
 * @param variable the column of the first environment variable, which stays as it is written; 0 when there is none
 */
record HaproxyWords(List<Word> words, Optional<String> error, int column, int variable) {

    static HaproxyWords of(String line) {
        return new Splitter(line).split();
    }

    private static final class Splitter {
        private final String text;
        private final List<Word> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private int begin = -1;
        private boolean anyQuote;
        private char quote;
        private int quotedFrom;
        private int at;
        private int variable;

        Splitter(String text) {
            this.text = text;
        }

        HaproxyWords split() {
            for (at = 0; at < text.length(); at++) {
                char c = text.charAt(at);
                if (quote == 0 && c == '#') {
                    break;
                }
                if (quote == '"' && variable == 0 && isVariable()) {
                    variable = at + 1;
                }
                next(c);
            }
            if (quote != 0) {
                return wrong("a quote is not closed; add it", quotedFrom);
            }
            end();
            return new HaproxyWords(words, Optional.empty(), 0, variable);
        }

        private void next(char c) {
            if (c == '\\' && quote != '\'' && at + 1 < text.length()) {
                begin();
                at++;
                word.append(unescaped(text.charAt(at)));
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                begin();
                quote = c;
                quotedFrom = at;
                anyQuote = true;
            } else if (quote == 0 && Word.isSpace(c)) {
                end();
            } else {
                begin();
                word.append(c);
            }
        }

        private char unescaped(char c) {
            return switch (c) {
                case 'n' -> '\n';
                case 'r' -> '\r';
                case 't' -> '\t';
                default -> c;
            };
        }

        /** {@code ${NAME}} is looked for later, as it stands in the guides outside of quotes as well. */
        private boolean isVariable() {
            return text.charAt(at) == '$'
                    && at + 1 < text.length()
                    && (Character.isLetter(text.charAt(at + 1)) || text.charAt(at + 1) == '_');
        }

        private void begin() {
            if (begin < 0) {
                begin = at;
            }
        }

        private void end() {
            if (begin >= 0) {
                words.add(new Word(word.toString(), begin + 1, anyQuote));
                word.setLength(0);
                begin = -1;
                anyQuote = false;
            }
        }

        private static HaproxyWords wrong(String message, int at) {
            return new HaproxyWords(List.of(), Optional.of(message), at + 1, 0);
        }
    }
}
