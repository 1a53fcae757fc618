package io.jenkins.plugins.baton.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A certificate authority of the lab's own, and what it signs. Keys are EC, as kubeadm's may be: fast to make. */
public final class Certificates {
    private final Path folder;

    /** Makes the authority in an existing folder: {@code ca.pem} and {@code ca.key}. */
    public Certificates(Path folder) {
        this.folder = folder;
        Command.run(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-keyout",
                        authorityKey(),
                        "-out",
                        authority().toString(),
                        "-days",
                        "3650",
                        "-subj",
                        "/CN=baton lab")
                .orThrow();
    }

    /** The certificate that a client must know. */
    public Path authority() {
        return folder.resolve("ca.pem");
    }

    private String authorityKey() {
        return folder.resolve("ca.key").toString();
    }

    /** Writes {@code server.pem} and {@code server.key} for the given addresses into a folder. */
    public void server(Path target, String name, List<String> addresses) throws IOException {
        Path request = target.resolve("server.csr");
        Path extensions = target.resolve("server.ext");
        Command.run(
                        "openssl",
                        "req",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-keyout",
                        target.resolve("server.key").toString(),
                        "-out",
                        request.toString(),
                        "-subj",
                        "/CN=" + name)
                .orThrow();
        Files.writeString(extensions, "subjectAltName=DNS:" + name + ",IP:" + String.join(",IP:", addresses) + "\n");
        Command.run(
                        "openssl",
                        "x509",
                        "-req",
                        "-in",
                        request.toString(),
                        "-CA",
                        authority().toString(),
                        "-CAkey",
                        authorityKey(),
                        "-CAcreateserial",
                        "-days",
                        "3650",
                        "-extfile",
                        extensions.toString(),
                        "-out",
                        target.resolve("server.pem").toString())
                .orThrow();
        Files.delete(request);
        Files.delete(extensions);
    }
}
