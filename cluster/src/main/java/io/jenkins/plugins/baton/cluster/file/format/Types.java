package io.jenkins.plugins.baton.cluster.file.format;

import io.jenkins.plugins.baton.cluster.file.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The types that any file has: numbers, flags, texts, choices. */
public final class Types {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,8})");
    private static final Set<String> YAML_1_1_FLAGS = Set.of("yes", "no", "on", "off", "y", "n", "true", "false");

    private Types() {}

    /** A whole number in decimal, from {@code least} to {@code most}. */
    public static ScalarType<Integer> whole(int least, int most) {
        String range = least + ".." + most;
        return new ScalarType<>(
                "a whole number " + range,
                false,
                "integer",
                JsonSchema.of("minimum", least, "maximum", most),
                scalar -> {
                    int value = wholeNumber(scalar);
                    if (value < least || value > most) {
                        throw new InvalidValueException("is not in " + range + "; write a number in that range");
                    }
                    return value;
                });
    }

    private static int wholeNumber(YamlNode.Scalar scalar) throws InvalidValueException {
        if (!scalar.plain()) {
            throw new InvalidValueException("is a text because of its quotes; write the number without them");
        }
        String text = scalar.text();
        if (WHOLE.matcher(text).matches()) {
            return Integer.parseInt(text);
        }
        if (text.matches("-?0[0-9]+")) {
            throw new InvalidValueException("begins with 0, which YAML may read as octal; write the number without it");
        }
        throw new InvalidValueException("is not a whole number; write decimal digits only");
    }

    /** {@code true} or {@code false}; the other spellings of YAML 1.1 are refused with advice. */
    public static ScalarType<Boolean> flag() {
        return new ScalarType<>("true or false", false, "boolean", Map.of(), scalar -> {
            if (scalar.plain() && scalar.text().equals("true")) {
                return true;
            }
            if (scalar.plain() && scalar.text().equals("false")) {
                return false;
            }
            throw new InvalidValueException(
                    YAML_1_1_FLAGS.contains(scalar.text().toLowerCase(Locale.ROOT))
                            ? "is not read as a truth value here; write true or false, in lower case and without quotes"
                            : "is neither true nor false");
        });
    }

    /** A text that matches a pattern, also where YAML would read it as a number or a truth value. */
    public static ScalarType<String> text(String summary, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return ScalarType.string(summary, textSchema(compiled), scalar -> {
            if (!compiled.matcher(scalar.text()).matches()) {
                throw new InvalidValueException("is not " + summary);
            }
            return scalar.text();
        });
    }

    /** A validator sees what YAML makes of a text, and looks at the pattern for strings only. */
    private static Map<String, Object> textSchema(Pattern pattern) {
        List<String> types = new ArrayList<>(List.of("string"));
        if (pattern.matcher("1.5").matches()) {
            types.add("number");
        } else if (pattern.matcher("1").matches()) {
            types.add("integer");
        }
        if (pattern.matcher("true").matches()) {
            types.add("boolean");
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        if (types.size() > 1) {
            schema.put("type", types);
        }
        schema.put("pattern", "^(?:" + pattern.pattern() + ")$");
        if (types.size() > 1 && !pattern.matcher("-1").matches()) {
            schema.put("minimum", 0);
        }
        return schema;
    }

    /** One of an enumeration's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> ScalarType<E> choice(Class<E> constants) {
        return choice(
                constants.getEnumConstants(),
                c -> c.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }

    /** One of the given words. */
    public static ScalarType<String> word(String... words) {
        return choice(words, Function.identity());
    }

    private static <E> ScalarType<E> choice(E[] constants, Function<E, String> spelling) {
        String words = Arrays.stream(constants).map(spelling).collect(Collectors.joining(", "));
        return ScalarType.string(
                (constants.length == 1 ? "" : "one of ") + words,
                Map.of("enum", Arrays.stream(constants).map(spelling).toList()),
                scalar -> {
                    for (E constant : constants) {
                        if (spelling.apply(constant).equals(scalar.text())) {
                            return constant;
                        }
                    }
                    throw new InvalidValueException((constants.length == 1 ? "is not " : "is not one of ")
                            + words
                            + SpellingSuggestion.to(
                                            scalar.text(),
                                            Arrays.stream(constants)
                                                    .map(spelling)
                                                    .toList())
                                    .map(word -> "; did you mean " + word + "?")
                                    .orElse(""));
                });
    }
}
