package io.jenkins.plugins.baton.cluster.importer.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads lists, pipelines and simple commands (IEEE 1003.1, section 2.9). What needs more of a shell than these (loops,
 * conditions, functions, variables, patterns, groups) is not read.
 */
public final class CommandLine {
    private static final Set<String> RESERVED = Set.of(
            "if",
            "then",
            "else",
            "elif",
            "fi",
            "for",
            "while",
            "until",
            "do",
            "done",
            "case",
            "esac",
            "function",
            "[[",
            "{",
            "}");

    private final List<Token> tokens;
    private int at;

    private CommandLine(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** @return empty when it needs more of a shell */
    public static Optional<Command> read(String text) {
        return Tokens.of(text)
                .filter(tokens -> tokens.stream().noneMatch(Token::expands))
                .flatMap(tokens -> new CommandLine(tokens).whole());
    }

    /** Whether a shell gives the text another meaning than a list of words split at spaces has. */
    public static boolean needsShell(String text) {
        Optional<Command> command = read(text);
        return !(command.isPresent()
                && command.get() instanceof Command.Simple simple
                && simple.redirections().isEmpty()
                && !simple.words().isEmpty()
                && !simple.words().get(0).contains("="));
    }

    /** The programs in it as far as they can be told, also where the rest needs more of a shell. */
    public static List<String> wordsOf(String text) {
        return Tokens.of(text).orElse(List.of()).stream()
                .filter(token -> !token.operator())
                .map(Token::text)
                .toList();
    }

    private Optional<Command> whole() {
        while (accept(";")) {
            // An empty command changes nothing.
        }
        Optional<Command> list = list();
        return at == tokens.size() ? list : Optional.empty();
    }

    private Optional<Command> list() {
        Optional<Command> command = pipeline();
        while (command.isPresent() && at < tokens.size()) {
            Token token = tokens.get(at);
            if (!token.is("&&") && !token.is("||") && !token.is(";")) {
                return Optional.empty();
            }
            at++;
            if (token.is(";") && at == tokens.size()) {
                return command;
            }
            Command first = command.get();
            command = pipeline().map(second -> new Command.Both(token.text(), first, second));
        }
        return command;
    }

    private Optional<Command> pipeline() {
        boolean negated = false;
        while (at < tokens.size() && isBare("!")) {
            negated = !negated;
            at++;
        }
        Optional<Command> command = simple();
        while (command.isPresent() && accept("|")) {
            Command first = command.get();
            command = simple().map(second -> new Command.Both("|", first, second));
        }
        return negated ? command.map(Command.Not::new) : command;
    }

    private Optional<Command> simple() {
        List<String> words = new ArrayList<>();
        List<Command.Redirection> redirections = new ArrayList<>();
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            if (!token.operator()) {
                if (words.isEmpty() && !token.quoted() && RESERVED.contains(token.text())) {
                    return Optional.empty();
                }
                words.add(token.text());
            } else if (token.text().matches("[0-9]*[<>].*|&>>?")) {
                at++;
                if (at >= tokens.size()
                        || tokens.get(at).operator()
                        || token.text().contains("<<")) {
                    return Optional.empty();
                }
                redirections.add(
                        new Command.Redirection(token.text(), tokens.get(at).text()));
            } else {
                break;
            }
            at++;
        }
        return words.isEmpty() && redirections.isEmpty()
                ? Optional.empty()
                : Optional.of(new Command.Simple(words, redirections));
    }

    private boolean isBare(String word) {
        Token token = tokens.get(at);
        return !token.operator() && !token.quoted() && token.text().equals(word);
    }

    private boolean accept(String operator) {
        boolean there = at < tokens.size() && tokens.get(at).is(operator);
        at += there ? 1 : 0;
        return there;
    }
}
