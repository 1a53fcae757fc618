package io.jenkins.plugins.baton.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.jenkins.settings.NamedCluster;
import io.jenkins.plugins.baton.jenkins.step.ClusterStep;
import io.jenkins.plugins.baton.jenkins.step.HaDeployStep;
import io.jenkins.plugins.baton.jenkins.step.HaFailoverTestStep;
import io.jenkins.plugins.baton.jenkins.step.HaMaintenanceStep;
import io.jenkins.plugins.baton.jenkins.step.HaStatusStep;
import io.jenkins.plugins.baton.jenkins.step.HaWaitForVipStep;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every word is there in English and in Chinese, and every field explains itself. */
class WordsTest {
    private static final Path RESOURCES = Path.of("src/main/resources/io/jenkins/plugins/baton/jenkins");
    private static final Pattern WORD = Pattern.compile("\\$\\{%([^}(]+)");

    @ParameterizedTest
    @ValueSource(
            classes = {
                HaDeployStep.class,
                HaWaitForVipStep.class,
                HaFailoverTestStep.class,
                HaMaintenanceStep.class,
                HaStatusStep.class,
                ClusterStep.class,
                NamedCluster.class
            })
    void everyFieldHasItsHelp(Class<?> form) {
        List<String> fields = Arrays.stream(form.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers())
                        && !Modifier.isTransient(field.getModifiers())
                        && !field.isSynthetic())
                .map(Field::getName)
                .toList();
        Path folder =
                RESOURCES.resolve(form.getPackageName().replaceAll(".*\\.", "")).resolve(form.getSimpleName());

        for (String field : fields) {
            assertThat(folder.resolve("help-" + field + ".html")).isNotEmptyFile();
            assertThat(folder.resolve("help-" + field + "_zh_CN.html")).isNotEmptyFile();
        }
    }

    static Stream<Path> views() throws IOException {
        return Files.walk(RESOURCES).filter(file -> file.toString().endsWith(".jelly"));
    }

    @ParameterizedTest
    @MethodSource("views")
    void everyWordOfAViewIsThereInChinese(Path view) throws IOException {
        Set<String> words = new TreeSet<>(WORD.matcher(Files.readString(view))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList());

        assertThat(properties(Path.of(view.toString().replace(".jelly", "_zh_CN.properties")))
                        .stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(words);
    }

    @Test
    void everyMessageIsThereInChinese() throws IOException {
        assertThat(properties(RESOURCES.resolve("Messages_zh_CN.properties")).stringPropertyNames())
                .isEqualTo(properties(RESOURCES.resolve("Messages.properties")).stringPropertyNames());
        assertThat(Messages._ControlPlaneAction_displayName().toString(Locale.SIMPLIFIED_CHINESE))
                .isEqualTo("控制平面");
    }

    private static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties;
    }
}
