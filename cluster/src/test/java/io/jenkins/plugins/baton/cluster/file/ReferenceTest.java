package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.file.format.Key;
import io.jenkins.plugins.baton.cluster.file.format.Structure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The reference for people says what the format says. */
class ReferenceTest {
    private static final String REFERENCE = "cluster-file.md";
    private static final Map<String, Structure> TABLES = tables();

    private static Map<String, Structure> tables() {
        Map<String, Structure> tables = new LinkedHashMap<>();
        tables.put("the file", ClusterFormat.TopKeys.ALL);
        tables.put("ssh", ClusterFormat.SshKeys.ALL);
        tables.put("nodes[]", ClusterFormat.NodeKeys.ALL);
        tables.put("virtualRouters[]", ClusterFormat.RouterKeys.ALL);
        tables.put("virtualRouters[].interfaces[]", ClusterFormat.RouterInterfaceKeys.ALL);
        tables.put("virtualRouters[].authentication", ClusterFormat.AuthenticationKeys.ALL);
        tables.put("frontends[]", ClusterFormat.FrontendKeys.ALL);
        tables.put("frontends[].timeouts", ClusterFormat.TimeoutKeys.ALL);
        tables.put("frontends[].check", ClusterFormat.FrontendCheckKeys.ALL);
        tables.put("frontends[].backends", ClusterFormat.BackendKeys.PER_NODE);
        tables.put("frontends[].backends[]", ClusterFormat.BackendKeys.LISTED);
        tables.put("checks[]", ClusterFormat.NamedCheckKeys.ALL);
        tables.put("peerLink", ClusterFormat.PeerLinkKeys.ALL);
        tables.put("management", ClusterFormat.ManagementKeys.ALL);
        return tables;
    }

    @Test
    void everyTableOfKeysIsCurrent() throws Exception {
        String text = Documents.read(REFERENCE);
        for (Map.Entry<String, Structure> table : TABLES.entrySet()) {
            String begin = "<!-- keys of " + table.getKey() + " -->\n";
            assertThat(text).contains(begin);
            int from = text.indexOf(begin) + begin.length();
            int to = text.indexOf("<!-- end -->", from);
            text = text.substring(0, from) + markdown(table.getValue()) + text.substring(to);
        }
        Documents.assertCurrent(REFERENCE, text);
    }

    @Test
    void theFirstExampleIsTheDesigns() throws Exception {
        assertThat(examples().get(0)).isEqualTo(Files.readString(Path.of("src/test/resources/design.yaml")));
    }

    @Test
    void everyExampleIsAValidClusterFile() throws Exception {
        for (String example : examples()) {
            ClusterFile.parse(Path.of(REFERENCE), example.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> examples() throws Exception {
        Matcher blocks = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL).matcher(Documents.read(REFERENCE));
        return blocks.results().map(block -> block.group(1)).toList();
    }

    private static String markdown(Structure structure) {
        StringBuilder table = new StringBuilder("| key | value | default | meaning |\n|---|---|---|---|\n");
        for (Key<?> key : structure.keys()) {
            table.append(String.format(
                    "| `%s` | %s | %s | %s%s |\n",
                    key.name(),
                    key.type().summary().replace("|", "\\|"),
                    fallback(key),
                    key.description().replace("|", "\\|"),
                    key.condition()
                            .map(c -> " Only with `" + c.on().name() + "` " + String.join(" or ", c.values()) + ".")
                            .orElse("")));
        }
        return table.toString();
    }

    private static String fallback(Key<?> key) {
        if (key.fallback() instanceof Key.Value value) {
            return "`" + value.text() + "`";
        }
        if (key.fallback() instanceof Key.Derived derived) {
            return derived.explanation();
        }
        return key.isRequired() ? "**required**" : "none";
    }
}
