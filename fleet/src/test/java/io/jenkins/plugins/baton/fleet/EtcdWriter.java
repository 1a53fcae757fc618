package io.jenkins.plugins.baton.fleet;

import io.jenkins.plugins.baton.lab.systemd.SystemdLab;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Writes numbered keys to etcd through the virtual address and remembers which were acknowledged. */
final class EtcdWriter {
    private final SystemdLab lab;
    private final List<Integer> acknowledged = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    EtcdWriter(SystemdLab lab) {
        this.lab = lab;
        this.thread = new Thread(this::write, "etcd-writer");
        thread.start();
    }

    private void write() {
        for (int i = 0; !closed; i++) {
            try {
                post("put", "{\"key\":\"%s\",\"value\":\"%s\"}".formatted(base64("k" + i), base64("v")));
                acknowledged.add(i);
            } catch (IllegalStateException e) {
                // Not acknowledged: it may be there or not.
                continue;
            }
        }
    }

    private String post(String what, String body) {
        return lab.fromOperator("curl", "-sS", "--fail", "--max-time", "5", "--cacert", lab.authority().toString(), "-d",
                body, "https://" + SystemdLab.VIRTUAL_ADDRESS + ":8443/v3/kv/" + what);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Ends the writing. */
    void stop() throws InterruptedException {
        closed = true;
        thread.join();
    }

    int acknowledged() {
        return acknowledged.size();
    }

    /** Acknowledged keys that etcd does not have. To be asked after the end. */
    List<Integer> lost() {
        List<Integer> lost = new ArrayList<>();
        for (int key : acknowledged) {
            if (!post("range", "{\"key\":\"" + base64("k" + key) + "\"}").contains("\"kvs\"")) {
                lost.add(key);
            }
        }
        return lost;
    }
}
