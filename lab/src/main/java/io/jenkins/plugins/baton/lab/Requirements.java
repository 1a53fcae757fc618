package io.jenkins.plugins.baton.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a machine needs to have a lab on it. */
final class Requirements {
    private static final List<String> PROGRAMS =
            List.of("ip", "ss", "nft", "kill", "sysctl", "unshare", "nginx", "openssl");

    private Requirements() {}

    /** @throws LabException with one sentence that says what is missing and what to do */
    static void check() {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw new LabException("The lab is made of Linux network namespaces, and this is "
                    + System.getProperty("os.name") + ": run it on Linux, a virtual machine will do.");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new LabException("The lab makes network namespaces, which only root may: run it with sudo.");
        }
        List<String> missing = PROGRAMS.stream().filter(p -> !isInstalled(p)).toList();
        if (!missing.isEmpty()) {
            throw new LabException("The lab needs " + String.join(", ", missing)
                    + ", not found on the PATH: install the packages listed in lab/install-packages.");
        }
        Command.Result namespaces = Command.run("unshare", "--net", "true");
        if (namespaces.status() != 0) {
            throw new LabException("This machine does not let root make network namespaces ("
                    + namespaces.errors().strip() + "): in a container, start that with --privileged.");
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
