package io.jenkins.plugins.baton.jmx.text;

/** Texts that may come from anywhere, for a log or a terminal: no character of them controls it. */
public final class Printable {
    private Printable() {}

    /** On one line. Also the controls of ISO 6429 above ASCII, which some terminals obey. */
    public static String line(String text) {
        return replaceControls(text, false);
    }

    /** Line ends stay. */
    public static String lines(String text) {
        return replaceControls(text, true);
    }

    private static String replaceControls(String text, boolean keepLineEnds) {
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> isControl(c) && !(keepLineEnds && c == '\n') ? '?' : c)
                .forEach(printable::appendCodePoint);
        return printable.toString();
    }

    /** Also the marks that turn the direction of what follows (Unicode Cf), which can make a text look like another. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
    }
}
