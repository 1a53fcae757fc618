package io.jenkins.plugins.baton.jenkins.page;

/**
 * A cell of a table.
 *
 * @param style a class of the style sheet; empty: none
 * @param href where a click leads, relative to Jenkins' root; empty: nowhere
 */
public record Cell(String text, String style, String href) {
    static Cell of(Object text) {
        return new Cell(text == null ? "" : String.valueOf(text), "", "");
    }

    static Cell styled(Object text, String style) {
        return new Cell(text == null ? "" : String.valueOf(text), style, "");
    }

    Cell linked(String path) {
        return new Cell(text, style, path);
    }

    public String getText() {
        return text;
    }

    public String getStyle() {
        return style;
    }

    public String getHref() {
        return href;
    }
}
