package io.jenkins.plugins.baton.fleet.report;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** The words of a report's page in one language; English where there is no bundle of that language. */
final class Words {
    private final ResourceBundle bundle;
    private final Locale locale;

    Words(Locale locale) {
        this.locale = locale;
        this.bundle = ResourceBundle.getBundle(
                Words.class.getName(),
                locale,
                Words.class.getClassLoader(),
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    /** @param values are put in as they are: a number is to be text already */
    String of(String key, Object... values) {
        return values.length == 0
                ? bundle.getString(key)
                : new MessageFormat(bundle.getString(key), locale).format(values);
    }

    /** The words for something that a report calls {@code name}; {@code otherwise} where we do not know it. */
    String named(String kind, String name, String otherwise) {
        String key = kind + "." + name;
        return bundle.containsKey(key) ? bundle.getString(key) : otherwise;
    }

    /** As the {@code lang} of a page. */
    String language() {
        return bundle.getLocale().equals(Locale.ROOT)
                ? "en"
                : bundle.getLocale().toLanguageTag();
    }
}
