package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a person can read a part of a page, in Jenkins' own colours and in those of a dark theme. */
final class Readability {
    /** What a dark theme does: other values for Jenkins' variables. Constructed, so that no policy forbids it. */
    static final String DARK_THEME = """
            const dark = new CSSStyleSheet();
            dark.replaceSync(':root { color-scheme: dark; --background: #1b1b21; --text-color: #f0f0f5;'
                + ' --text-color-secondary: #b0b0ba; --success-color: #4ade80; --error-color: #ff8a80; --table-background: #26262e; }');
            document.adoptedStyleSheets = [dark];
            """;

    private Readability() {}

    /** Nothing but a place that scrolls is wider than the window, and text stands out from its ground (WCAG 1.4.3). */
    static void assertReadable(Chromium browser, String place) {
        assertThat(browser.ask("""
                [...document.querySelectorAll('%1$s, %1$s *')]
                    .filter(e => !e.parentElement.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 1)
                    .map(e => e.outerHTML.slice(0, 80)).join()
                """.formatted(place)).asText()).isEmpty();
        assertThat(browser.ask("""
                (() => {
                    const context = document.createElement('canvas').getContext('2d');
                    const luminance = layers => {
                        ['white', ...layers].forEach(colour => {
                            context.fillStyle = colour;
                            context.fillRect(0, 0, 1, 1);
                        });
                        const [r, g, b] = [...context.getImageData(0, 0, 1, 1).data].map(v => v / 255)
                            .map(v => v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4));
                        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
                    };
                    const grounds = e => e ? [...grounds(e.parentElement), getComputedStyle(e).backgroundColor] : [];
                    return [...document.querySelectorAll('%1$s td, %1$s th, %1$s p, %1$s caption, %1$s .badge, %1$s li')]
                        .filter(e => e.textContent.trim() && e.getClientRects().length)
                        .map(e => [e, luminance(grounds(e)), luminance([...grounds(e), getComputedStyle(e).color])])
                        .filter(([e, back, text]) => (Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05) < 4.5)
                        .map(([e]) => e.outerHTML.slice(0, 100)).join();
                })()
                """.formatted(place)).asText()).isEmpty();
    }
}
