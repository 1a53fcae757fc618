package io.jenkins.plugins.baton.jenkins.page;

import hudson.PluginWrapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import jenkins.model.Jenkins;

/** The ECharts that the plugin echarts-api brings, for a report that is read without Jenkins. */
public final class ECharts {
    private static final String PLUGIN = "echarts-api";
    private static final String SCRIPT = "js/echarts.min.js";

    private ECharts() {}

    /** On the controller only. */
    public static String script() throws IOException {
        PluginWrapper plugin = Jenkins.get().getPluginManager().getPlugin(PLUGIN);
        if (plugin == null) {
            throw new IOException("the plugin " + PLUGIN + ", which Baton depends on, is not installed");
        }
        try (InputStream stream = new URL(plugin.baseResourceURL, SCRIPT).openStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
