package io.jenkins.plugins.baton.cluster.importer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessLookTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "pidof etcd | type: tcp, address: \"127.0.0.1:2379\"",
                "/usr/bin/pgrep -x kubelet | type: http, url: \"http://127.0.0.1:10248/healthz\"",
                "killall -0 kube-apiserver | type: https, url: \"https://127.0.0.1:6443/livez\"",
                "bash -c 'ps -ef ! grep nginx' | type: script, command: [/usr/bin/systemctl, is-active, --quiet, nginx]",
                "test -d /proc/$(cat /run/x.pid) | type: script, command: [/usr/bin/systemctl, is-active, --quiet, NAME]",
                "if [ $(pidof nginx) ]; then exit 0; fi | type: script, command: [/usr/bin/systemctl, is-active, --quiet, nginx]",
                "kill -0 $(cat /run/x.pid) | type: script, command: [/usr/bin/systemctl, is-active, --quiet, NAME]",
            })
    void aCommandThatLooksAtProcessesIsNamedWithItsReplacement(String command, String replacement) {
        assertThat(ProcessLook.in(command).map(ProcessLook::replacement)).contains(replacement);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "systemctl is-active kubelet",
                "curl -sf http://127.0.0.1/ps",
                "test -f /proc/net/tcp",
                "ss -ltn | grep -q :6443",
                "/etc/keepalived/check.sh",
            })
    void othersAreNot(String command) {
        assertThat(ProcessLook.in(command)).isEmpty();
    }
}
