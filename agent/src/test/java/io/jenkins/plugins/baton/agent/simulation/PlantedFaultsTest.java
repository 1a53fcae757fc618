package io.jenkins.plugins.baton.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds each planted fault within as many seeds as it runs at every build; here they are the same each time. */
class PlantedFaultsTest {
    private static final String BASE = "baton.simulation.base";
    private static final String ROOT = "io.jenkins.plugins.baton.agent.";
    private static final Path SOURCES = Path.of("src/main/java", ROOT.replace('.', '/'));

    private final String base = System.setProperty(BASE, "1000");

    @AfterEach
    void restore() {
        if (base == null) {
            System.clearProperty(BASE);
        } else {
            System.setProperty(BASE, base);
        }
    }

    static Stream<PlantedFault> faults() {
        return PlantedFault.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void isFound(PlantedFault fault, @TempDir Path folder) throws Exception {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        compile(change(fault, folder), classes);

        Optional<String> finding = run(fault, classes);

        System.out.printf(
                "%-34s %s%n",
                fault.name(), finding.map(PlantedFaultsTest::lastLine).orElse("not found"));
        assertThat(finding).as(fault.name()).isPresent();
    }

    private static Path change(PlantedFault fault, Path folder) throws IOException {
        Path source = SOURCES.resolve(fault.file());
        String text = Files.readString(source);
        assertThat(text.split(java.util.regex.Pattern.quote(fault.before()), -1))
                .as("%s has once: %s", source, fault.before())
                .hasSize(2);
        Path changed = folder.resolve(source.getFileName());
        return Files.writeString(changed, text.replace(fault.before(), fault.after()));
    }

    private static void compile(Path source, Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjects(source))
                    .call();
            assertThat(compiled).as("%s", complaints).isTrue();
        }
    }

    /** What the scenario complains of, when it runs with these classes instead. */
    private static Optional<String> run(PlantedFault fault, Path classes) throws Exception {
        String[] test = fault.test().split("#");
        try (URLClassLoader changed = new Changed(classes)) {
            Class<?> scenarios = changed.loadClass(ROOT + test[0]);
            Method scenario = scenarios.getDeclaredMethod(test[1]);
            var constructor = scenarios.getDeclaredConstructor();
            constructor.setAccessible(true);
            scenario.setAccessible(true);
            scenario.invoke(constructor.newInstance());
            return Optional.empty();
        } catch (InvocationTargetException e) {
            return Optional.of(String.valueOf(e.getCause().getMessage()));
        }
    }

    private static String lastLine(String message) {
        List<String> lines = message.strip().lines().toList();
        return lines.get(lines.size() - 1);
    }

    /** Loads all of the agent anew, so that it sees the changed class. */
    private static final class Changed extends URLClassLoader {
        Changed(Path classes) throws MalformedURLException {
            super(places(classes), PlantedFaultsTest.class.getClassLoader());
        }

        private static URL[] places(Path classes) throws MalformedURLException {
            List<URL> places = new ArrayList<>(List.of(classes.toUri().toURL()));
            for (String place : System.getProperty("java.class.path").split(java.io.File.pathSeparator)) {
                places.add(Path.of(place).toUri().toURL());
            }
            return places.toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded == null && name.startsWith(ROOT)) {
                    loaded = findClass(name);
                }
                return loaded != null ? loaded : super.loadClass(name, resolve);
            }
        }
    }
}
