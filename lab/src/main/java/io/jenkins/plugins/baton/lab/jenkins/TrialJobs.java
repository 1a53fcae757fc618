package io.jenkins.plugins.baton.lab.jenkins;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** The jobs of a Jenkins for a person who tries it: pipelines for the named cluster. */
public final class TrialJobs {
    /** Of drills, as {@code haFailoverTest} calls them. */
    public static final List<String> SCENARIOS = List.of(
            "handover",
            "agent-stop",
            "agent-kill",
            "agent-freeze",
            "apiserver-down",
            "link-down",
            "partition",
            "host-down");

    private static final List<String> SINGLE =
            List.of("deploy", "wait", "status", "next-weekly", "maintenance", "rolling-upgrade");

    private TrialJobs() {}

    /** Pipelines by the name of their job. */
    public static Map<String, String> pipelines() throws IOException {
        Map<String, String> pipelines = new LinkedHashMap<>();
        for (String name : SINGLE) {
            pipelines.put(name, text("jobs/" + name + ".jenkinsfile"));
        }
        String drill = text("jobs/drill.jenkinsfile");
        for (String scenario : SCENARIOS) {
            pipelines.put("drill-" + scenario, drill.replace("@SCENARIO@", scenario));
        }
        return pipelines;
    }

    /** The configuration of a job. */
    public static String xml(String pipeline) {
        return """
                <?xml version='1.1' encoding='UTF-8'?>
                <flow-definition>
                  <description>%s</description>
                  <definition class="org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition">
                    <script>%s</script>
                    <sandbox>true</sandbox>
                  </definition>
                </flow-definition>
                """.formatted(escaped(description(pipeline)), escaped(pipeline));
    }

    /** The comment with which it begins. */
    private static String description(String pipeline) {
        return String.join(
                " ",
                pipeline.lines()
                        .takeWhile(line -> line.startsWith("//"))
                        .map(line -> line.substring(2).strip())
                        .toList());
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    static String text(String name) throws IOException {
        try (InputStream stream = TrialJobs.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new NoSuchElementException("there is no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
