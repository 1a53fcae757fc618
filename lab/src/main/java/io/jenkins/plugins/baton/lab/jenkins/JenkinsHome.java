package io.jenkins.plugins.baton.lab.jenkins;

import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directory from which a Jenkins starts with everything in it: its program, plugins, configuration and jobs. */
final class JenkinsHome {
    static final String USER = "admin";
    static final String CLUSTER = "lab";

    private static final int PASSWORD_BITS = 80;

    private final Path home;
    private final SystemdLab lab;

    JenkinsHome(Path home, SystemdLab lab) {
        this.home = home;
        this.lab = lab;
    }

    /**
     * What it is made of.
     *
     * @param war Jenkins itself
     * @param plugins a directory of .hpi files
     * @param baton the plugin
     */
    record Parts(Path war, Path plugins, Path baton) {}

    Path path() {
        return home;
    }

    /**
     * Writes it.
     *
     * @param address where a browser finds it
     * @return the password of {@link #USER}
     */
    String create(Parts parts, String address) throws IOException {
        Path plugins = Files.createDirectories(home.resolve("plugins"));
        Files.copy(parts.war(), war());
        try (Stream<Path> all = Files.list(parts.plugins())) {
            for (Path plugin :
                    all.filter(path -> path.toString().endsWith(".hpi")).toList()) {
                copy(plugin, plugins);
            }
        }
        copy(parts.baton(), plugins);
        String password = new BigInteger(PASSWORD_BITS, new SecureRandom()).toString(36);
        Files.writeString(home.resolve("jenkins.yaml"), configuration(address, password));
        for (Map.Entry<String, String> job : TrialJobs.pipelines().entrySet()) {
            Path folder = Files.createDirectories(home.resolve("jobs").resolve(job.getKey()));
            Files.writeString(folder.resolve("config.xml"), TrialJobs.xml(job.getValue()));
        }
        return password;
    }

    private static void copy(Path plugin, Path plugins) throws IOException {
        String name = plugin.getFileName().toString().replaceFirst("[.]hpi$", ".jpi");
        Files.copy(plugin, plugins.resolve(name));
    }

    private String configuration(String address, String password) throws IOException {
        return TrialJobs.text("jenkins.yaml")
                .replace("@ADDRESS@", address)
                .replace("@USER@", USER)
                .replace("@PASSWORD@", password)
                .replace("@CLUSTER@", CLUSTER)
                .replace("@KEY@", indented(Files.readString(lab.identity())))
                .replace("@HOST_KEYS@", indented(Files.readString(lab.knownHosts())))
                .replace("@CLUSTER_FILE@", indented(clusterFile()));
    }

    /** Without the login, which is Jenkins' own here. */
    private String clusterFile() throws IOException {
        try (Stream<String> lines = Files.lines(lab.clusterFile())) {
            return lines.filter(line -> !line.startsWith("ssh:")).collect(Collectors.joining("\n"));
        }
    }

    /** As the text of a block scalar, whose first line the template has indented. */
    private static String indented(String text) {
        return text.strip().replace("\n", "\n" + " ".repeat(22));
    }

    private Path war() {
        return home.resolve("jenkins.war");
    }

    /** What starts it. The user may have no home directory. */
    List<String> command(String java, int port) {
        return List.of(
                java,
                "-Xmx1g",
                "-Djava.awt.headless=true",
                "-Djenkins.install.runSetupWizard=false",
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + home,
                "-DJENKINS_HOME=" + home,
                "-jar",
                war().toString(),
                "--httpListenAddress=127.0.0.1",
                "--httpPort=" + port);
    }
}
