package io.jenkins.plugins.baton.lab.systemd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Debian's etcd on every host, one quorum, with pre-vote as etcd 3.5 and kubeadm have it (a member that was cut off does
 * not depose the leader when it comes back): it answers TLS on the port of an apiserver, and a write that it acknowledged
 * and later does not know would be a lost write.
 */
final class Etcd implements Apiserver {
    private final Map<String, String> members = new TreeMap<>();

    /** @param members addresses by name of the host */
    Etcd(Map<String, String> members) {
        this.members.putAll(members);
    }

    @Override
    public void install(Path root, String name) throws IOException {
        String address = members.get(name);
        String cluster = members.entrySet().stream()
                .map(m -> m.getKey() + "=http://" + m.getValue() + ":2380")
                .collect(Collectors.joining(","));
        Files.writeString(root.resolve("etc/default/etcd"), """
                ETCD_NAME=%1$s
                ETCD_DATA_DIR=/var/lib/etcd/default
                ETCD_LISTEN_PEER_URLS=http://%2$s:2380
                ETCD_INITIAL_ADVERTISE_PEER_URLS=http://%2$s:2380
                ETCD_INITIAL_CLUSTER=%3$s
                ETCD_INITIAL_CLUSTER_STATE=new
                ETCD_INITIAL_CLUSTER_TOKEN=lab
                ETCD_LISTEN_CLIENT_URLS=https://[::]:%4$d
                ETCD_ADVERTISE_CLIENT_URLS=https://%2$s:%4$d
                ETCD_CERT_FILE=/etc/lab/server.pem
                ETCD_KEY_FILE=/etc/lab/server.key
                ETCD_PRE_VOTE=true
                ETCD_LOG_LEVEL=error
                """.formatted(name, address, cluster, PORT));
        Tool.run("chroot", root.toString(), "chown", "-R", "etcd:", "/etc/lab");
        Tool.run("chroot", root.toString(), "systemctl", "enable", "etcd.service");
    }
}
