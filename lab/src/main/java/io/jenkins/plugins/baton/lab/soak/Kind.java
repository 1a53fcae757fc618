package io.jenkins.plugins.baton.lab.soak;

import java.util.Arrays;

/** What a connection of the crowd does all its life. */
enum Kind {
    /** Asks for an echo every two minutes, as a watch of kubectl to which nothing happens. */
    IDLE('i', 86, 120),
    /** Asks for an echo every four seconds. */
    BUSY('b', 10, 4),
    /** Reads less than the server would send. */
    SLOW_READER('s', 2, 2),
    /** Has sent its FIN, and goes on reading. */
    HALF_CLOSED('h', 2, 30);

    private final char letter;
    private final int percent;
    private final int seconds;

    Kind(char letter, int percent, int seconds) {
        this.letter = letter;
        this.percent = percent;
        this.seconds = seconds;
    }

    static Kind of(char letter) {
        return Arrays.stream(values())
                .filter(kind -> kind.letter == letter)
                .findFirst()
                .orElse(BUSY);
    }

    /** The kind of the connection with a number: mixed as the percentages say. */
    static Kind ofNumber(int number) {
        int left = number % 100;
        for (Kind kind : values()) {
            if (left < kind.percent) {
                return kind;
            }
            left -= kind.percent;
        }
        throw new IllegalStateException("the percentages of all kinds are not a hundred");
    }

    char letter() {
        return letter;
    }

    /** Between two times at which it does something, in seconds. */
    int seconds() {
        return seconds;
    }
}
