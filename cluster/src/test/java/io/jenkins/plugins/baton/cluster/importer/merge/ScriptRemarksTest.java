package io.jenkins.plugins.baton.cluster.importer.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.keepalived.VrrpScript;
import io.jenkins.plugins.baton.cluster.importer.text.Directive;
import io.jenkins.plugins.baton.cluster.importer.text.Word;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptRemarksTest {
    @Test
    void theSameScriptHasTheSameRemarksInTheSameOrderInEveryRun() {
        Directive block = new Directive("k1.conf", 3, List.of(new Word("vrrp_script", 1, false)));
        String command = "sudo docker ps > /tmp/out && systemctl stop x; cat /root/x";
        VrrpScript script = new VrrpScript(
                block, "x", command, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, 1, 0, false, List.of(block));

        List<String> remarks = ScriptRemarks.of(script, false);

        assertThat(remarks).hasSize(7).allMatch(remark -> remark.startsWith("k1.conf:3: "));
        assertThat(remarks.get(2)).contains("PrivateTmp");
        assertThat(remarks.get(3)).contains("ProtectHome");
        assertThat(remarks.get(4)).contains("NoNewPrivileges");
        assertThat(remarks.get(5)).contains("container runtime");
        assertThat(remarks.get(6)).contains("start or stop units");
    }
}
