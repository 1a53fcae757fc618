package io.jenkins.plugins.baton.agent.it;

import static io.jenkins.plugins.baton.agent.it.AgentLab.AWAIT_TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.baton.cluster.importer.Importer;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import io.jenkins.plugins.baton.lab.AddressPlan;
import io.jenkins.plugins.baton.lab.Await;
import io.jenkins.plugins.baton.lab.Backend;
import io.jenkins.plugins.baton.lab.Daemon;
import io.jenkins.plugins.baton.lab.Host;
import io.jenkins.plugins.baton.lab.Keepalived;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Agents with the imported file beside keepalived with the files that it was made from: they elect one MASTER. */
class ImportIT {
    private static final int HIGH = 110;
    private static final int LOW = 100;

    @RegisterExtension
    final AgentLab lab = AgentLab.withNodes(2);

    private Host m1;
    private Host m2;

    /** Ways to write an instance; OWN and OTHER are the hosts' addresses. */
    enum Style {
        THE_GUIDES(
                "",
                "advert_int 3\n authentication {\n auth_type PASS\n auth_pass 35f18af7190d51c9f7f78f37300a0cbd\n }"),
        UNICAST_WITH_PREFIXES("", "advert_int 1\n unicast_src_ip OWN/24\n unicast_peer {\n OTHER/24\n }"),
        UNICAST_WITHOUT_A_SOURCE("", "advert_int 1\n unicast_peer {\n OTHER\n }"),
        PASSWORD_IN_QUOTES("", "authentication {\n auth_type PASS\n auth_pass \"k8 #1!\"\n }"),
        PASSWORD_CUT_BY_A_COMMENT("", "authentication {\n auth_type PASS\n auth_pass k8s#prod\n }"),
        PASSWORD_WITHOUT_A_TYPE("", "authentication {\n auth_pass 1111\n }"),
        INTERVAL_THAT_IS_ROUNDED("", "advert_int 1.5"),
        VERSION_3_AND_A_PASSWORD(
                "vrrp_version 3", "advert_int 0.5\n authentication {\n auth_type PASS\n auth_pass 1\n }");

        private final String globals;
        private final String instance;

        Style(String globals, String instance) {
            this.globals = globals;
            this.instance = instance;
        }

        String keepalived(Host own, Host other, int priority) {
            return """
                    global_defs {
                      router_id %s
                      vrrp_rt_priority %d
                      vrrp_rlimit_rttime %d
                      %s
                    }
                    vrrp_instance VI_1 {
                      state BACKUP
                      interface eth0
                      virtual_router_id 51
                      priority %d
                      %s
                      virtual_ipaddress { %s/32 }
                    }
                    """.formatted(
                            own,
                            Keepalived.REAL_TIME_PRIORITY,
                            Keepalived.MAX_RUN_MICROS,
                            globals,
                            priority,
                            instance.replace("OWN", own.ipv4()).replace("OTHER", other.ipv4()),
                            AddressPlan.VIP);
        }
    }

    @BeforeEach
    void hosts() {
        m1 = lab.host("m1");
        m2 = lab.host("m2");
        Backend.start(m1);
        Backend.start(m2);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource
    void aKeepalivedOfHigherPriorityIsMasterBesideTheAgentUntilItStops(Style style) throws Exception {
        Path imported = imported(style);
        Daemon keepalived = Keepalived.start(m1, style.keepalived(m1, m2, HIGH));
        lab.awaitHolder(m1);
        lab.start(m2, imported);
        lab.awaitState(m2, "BACKUP");
        Await.until(
                "the agent has heard of the holder",
                AWAIT_TIMEOUT,
                () -> lab.router(m2).path("holder").asText().equals("m1"));
        assertThat(lab.vip().holders()).containsExactly(m1);

        keepalived.stop();
        lab.awaitHolder(m2);

        Keepalived.start(m1, style.keepalived(m1, m2, HIGH));
        lab.awaitHolder(m1);
        lab.awaitState(m2, "BACKUP");
        assertAllAdvertsCounted(m2);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(names = {"THE_GUIDES", "UNICAST_WITH_PREFIXES", "INTERVAL_THAT_IS_ROUNDED", "VERSION_3_AND_A_PASSWORD"})
    void anAgentOfHigherPriorityIsMasterBesideTheKeepalivedUntilItStops(Style style) throws Exception {
        Daemon keepalived = Keepalived.start(m2, style.keepalived(m2, m1, LOW));
        lab.awaitHolder(m2);
        Daemon agent = lab.start(m1, imported(style));
        lab.awaitHolder(m1);
        keepalived.awaitLog("with higher priority " + HIGH + ", ours " + LOW, AWAIT_TIMEOUT);
        assertAllAdvertsCounted(m1);

        agent.stop();
        lab.awaitHolder(m2);
        assertThat(keepalived.log()).doesNotContain("bogus", "mismatch", "dropped");
    }

    private Path imported(Style style) throws ImportException {
        String haproxy = """
                defaults
                  mode tcp
                frontend api
                  bind *:%d
                  default_backend masters
                backend masters
                  server m1 %s:%d check
                  server m2 %s:%3$d check
                """.formatted(AddressPlan.FRONTEND_PORT, m1.ipv4(), AddressPlan.BACKEND_PORT, m2.ipv4());
        String yaml = Importer.importFiles(
                        List.of(
                                new SourceText("k1.conf", style.keepalived(m1, m2, HIGH)),
                                new SourceText("k2.conf", style.keepalived(m2, m1, LOW))),
                        new SourceText("haproxy.cfg", haproxy))
                .yaml();
        return lab.lab().client().write("imported.yaml", yaml);
    }

    private void assertAllAdvertsCounted(Host agent) {
        assertThat(lab.router(agent).path("droppedAdverts")).allMatch(count -> count.asLong() == 0);
        assertThat(lab.router(agent).path("conflicts")).isEmpty();
    }
}
