package io.jenkins.plugins.baton.fleet.federation;

import io.jenkins.plugins.baton.jmx.connector.Admission;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Admits the user that this program runs as, and root: whoever is let in operates the nodes with this user's keys. Linux
 * lists the user of each socket (proc_pid_net(5)); where there is no such list, every user of this machine is admitted.
 */
final class OwnUser implements Admission {
    private static final Path PROC = Path.of("/proc/self/net");
    private static final String ROOT = "0";
    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int USER = 7;
    private static final int INODE = 9;

    /** Of a socket that its process has closed: the table then names root as its user, whoever it was. */
    private static final String CLOSED = "0";

    @Override
    public Optional<String> admit(InetSocketAddress theirs, InetSocketAddress ours) {
        String name = System.getProperty("user.name");
        if (!Files.exists(PROC.resolve("tcp"))) {
            return Optional.of(name);
        }
        try {
            String own = Files.getAttribute(Path.of("/proc/self"), "unix:uid").toString();
            return user(theirs, ours)
                    .filter(user -> user.equals(own) || user.equals(ROOT))
                    .map(user -> user.equals(own) ? name : "root");
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> user(InetSocketAddress theirs, InetSocketAddress ours) throws IOException {
        for (String table : new String[] {"tcp", "tcp6"}) {
            Path path = PROC.resolve(table);
            if (!Files.exists(path)) {
                continue;
            }
            try (Stream<String> lines = Files.lines(path)) {
                Optional<String> user = lines.map(line -> line.strip().split("\\s+"))
                        .filter(words -> words.length > INODE
                                && words[LOCAL].endsWith(end(theirs))
                                && words[REMOTE].endsWith(end(ours))
                                && !words[INODE].equals(CLOSED))
                        .map(words -> words[USER])
                        .findFirst();
                if (user.isPresent()) {
                    return user;
                }
            }
        }
        return Optional.empty();
    }

    /** An IPv4 address as both tables end it, in the order of octets of this machine, and its port. */
    static String end(InetSocketAddress address) {
        byte[] octets = address.getAddress().getAddress();
        boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length; i++) {
            text.append(String.format(Locale.ROOT, "%02X", octets[little ? octets.length - 1 - i : i]));
        }
        return text + String.format(Locale.ROOT, ":%04X", address.getPort());
    }

    @Override
    public void refuseOneMore(String user, int limit) {
        // The client sees that the connection ends.
    }
}
