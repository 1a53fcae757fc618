package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** OpenSSL's own HTTPS server: the same in every release of Debian, and it needs no other host. */
final class OpensslServer implements Apiserver {
    @Override
    public void install(Path root, String name) throws IOException {
        Files.writeString(root.resolve("etc/systemd/system/apiserver.service"), """
                [Service]
                ExecStart=/usr/bin/openssl s_server -quiet -www -accept %d -cert /etc/lab/server.pem -key /etc/lab/server.key
                Restart=always

                [Install]
                WantedBy=multi-user.target
                """.formatted(PORT));
        Tool.run("chroot", root.toString(), "systemctl", "enable", "apiserver.service");
    }
}
