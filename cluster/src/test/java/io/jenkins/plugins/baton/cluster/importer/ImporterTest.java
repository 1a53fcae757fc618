package io.jenkins.plugins.baton.cluster.importer;

import static io.jenkins.plugins.baton.cluster.importer.Samples.imported;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.baton.cluster.Authentication;
import io.jenkins.plugins.baton.cluster.Backend;
import io.jenkins.plugins.baton.cluster.Cluster;
import io.jenkins.plugins.baton.cluster.Frontend;
import io.jenkins.plugins.baton.cluster.Node;
import io.jenkins.plugins.baton.cluster.Probe;
import io.jenkins.plugins.baton.cluster.VirtualRouter;
import io.jenkins.plugins.baton.cluster.file.ClusterFile;
import io.jenkins.plugins.baton.cluster.importer.text.ImportException;
import io.jenkins.plugins.baton.cluster.importer.text.NotCarriedOver;
import io.jenkins.plugins.baton.cluster.importer.text.SourceText;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImporterTest {
    private static final String INSTANCE = """
            vrrp_instance VI_1 {
                interface eth0
                virtual_router_id 51
                %s
                virtual_ipaddress {
                    10.0.0.9
                }
            }
            """;

    private static final String LISTEN = """
            listen api
                bind :8443
                %s
                server m1 10.0.0.1:6443 check
                server m2 10.0.0.2:6443 check
            """;

    @Test
    void theGuidesPairBecomesACommentedClusterFile() throws Exception {
        ImportResult result = imported("guide", "keepalived.conf");

        assertThat(result.yaml()).isEqualTo(Files.readString(Samples.FOLDER.resolve("guide/expected.yaml")));
        assertThat(result.toFillIn())
                .anySatisfy(line -> assertThat(line).contains("priorities of master02, master03 were derived"))
                .anySatisfy(line -> assertThat(line).contains("it was taken for master01"));
    }

    @Test
    void theGuidesPairInteroperatesWithTheKeepalivedsThatStillRun() throws Exception {
        VirtualRouter router =
                cluster(imported("guide", "keepalived.conf")).virtualRouters().get(0);

        assertThat(router.virtualRouterId()).isEqualTo(51);
        assertThat(router.version()).isEqualTo(2);
        assertThat(router.advertisementInterval()).isEqualTo(Duration.ofSeconds(3));
        assertThat(router.authentication()).contains(new Authentication("35f18af7"));
    }

    @Test
    void allNodesFilesTellAllPriorities() throws Exception {
        Cluster cluster = cluster(imported("guide", "keepalived.conf", "keepalived-2.conf", "keepalived-3.conf"));

        assertThat(cluster.nodes()).extracting(Node::name).containsExactly("master01", "master02", "master03");
        assertThat(cluster.nodes()).extracting(Node::priority).containsExactly(101, 100, 99);
    }

    @Test
    void aBackupsFileAloneIsNotTakenForTheFirstNode() throws Exception {
        assertThat(cluster(imported("guide", "keepalived-2.conf")).nodes())
                .extracting(Node::priority)
                .containsExactly(101, 100, 99);
    }

    @Test
    void twoBackupsOfEqualPriorityAreToldApart() throws Exception {
        ImportResult result = imported("guide", "keepalived.conf", "keepalived-2.conf", "keepalived-2.conf");

        assertThat(cluster(result).nodes()).extracting(Node::priority).containsExactly(101, 100, 99);
        assertThat(result.notCarriedOver())
                .extracting(NotCarriedOver::reason)
                .anyMatch(reason -> reason.contains("equal ones"));
    }

    @Test
    void theKubernetesDocumentationsPairKeepsItsChecks() throws Exception {
        ImportResult result = imported("kubernetes-docs", "keepalived.conf");
        Cluster cluster = cluster(result);

        assertThat(cluster.frontends().get(0).check().orElseThrow().probe())
                .isEqualTo(new Probe.Http(
                        Optional.empty(),
                        Optional.empty(),
                        "/healthz",
                        200,
                        200,
                        Optional.of(new Probe.Tls(Optional.empty(), Optional.empty(), Optional.empty()))));
        assertThat(cluster.check("check_apiserver").orElseThrow().probe())
                .isEqualTo(new Probe.Script(List.of("/etc/keepalived/check_apiserver.sh")));
        assertThat(cluster.check("check_apiserver").orElseThrow().weight()).isEqualTo(OptionalInt.of(-2));
        assertThat(cluster.virtualRouters().get(0).track()).containsExactly("check_apiserver");
    }

    /** Two programs cannot listen on one port of all addresses, so haproxy is not where the servers are. */
    @Test
    void aWildcardBindOnTheServersOwnPortMeansThatThePairRunsInFrontOfThem() throws Exception {
        ImportResult result = imported("kubernetes-docs", "keepalived.conf");

        assertThat(cluster(result).frontends().get(0).bind()).hasToString("0.0.0.0:6443");
        assertThat(cluster(result).frontends().get(0).backends())
                .extracting(Backend::name)
                .containsExactly("cp1", "cp2", "cp3");
        assertThat(cluster(result).nodes())
                .extracting(node -> node.address().getHostAddress())
                .allMatch(address -> address.startsWith("192.0.2."));
        assertThat(result.toFillIn())
                .anyMatch(line -> line.contains("haproxy binds port 6443, which the servers behind it have"));
    }

    @Test
    void unicastPeersTellWhoTheNodesAre() throws Exception {
        ImportResult result = imported("unicast", "k8s-2.conf", "k8s-1.conf", "k8s-3.conf");
        Cluster cluster = cluster(result);

        assertThat(cluster.nodes()).extracting(Node::name).containsExactly("k8s-1", "k8s-2", "k8s-3");
        assertThat(cluster.nodes()).extracting(Node::priority).containsExactly(101, 102, 103);
        assertThat(cluster.nodes().get(2).interfaceName()).contains("bond0");
        assertThat(cluster.virtualRouters().get(0))
                .matches(VirtualRouter::unicast)
                .matches(router -> !router.preempt())
                .matches(router -> router.version() == 3)
                .matches(router -> router.advertisementInterval().equals(Duration.ofMillis(500)));
        assertThat(result.toFillIn()).isEmpty();
    }

    @Test
    void aListenBecomesAFrontendForEachBindWithItsServersOptions() throws Exception {
        List<Frontend> frontends = cluster(imported("unicast", "k8s-1.conf")).frontends();

        assertThat(frontends)
                .extracting(Frontend::bind)
                .extracting(Object::toString)
                .containsExactly("10.0.0.10:8443", "127.0.0.1:8443");
        assertThat(frontends.get(0).balance()).isEqualTo(Frontend.Balance.LEASTCONN);
        assertThat(frontends.get(0).timeouts())
                .isEqualTo(new Frontend.Timeouts(
                        Duration.ofSeconds(4), Duration.ofMinutes(30), Duration.ofSeconds(30), Duration.ofSeconds(10)));
        assertThat(frontends.get(0).backends()).extracting(Backend::weight).containsExactly(10, 20, 1);
        assertThat(frontends.get(0).backends()).extracting(Backend::backup).containsExactly(false, false, true);
        assertThat(frontends.get(0).backends())
                .extracting(Backend::maxConnections)
                .containsExactly(0, 500, 0);
    }

    @Test
    void aCurlOfTheLocalApiserverBecomesAnHttpsCheck() throws Exception {
        assertThat(imported("unicast", "k8s-1.conf").yaml()).contains("url: \"https://127.0.0.1:6443/healthz\"");
    }

    @Test
    void whereNothingTellsTheNodesTheFileHasPlacesToFillIn() throws Exception {
        ImportResult result = imported("names", "keepalived.conf");

        assertThat(cluster(result).nodes())
                .extracting(node -> node.address().getHostAddress())
                .allMatch(address -> address.startsWith("198.51.100."));
        assertThat(cluster(result).frontends().get(0).backends())
                .extracting(backend -> backend.endpoint().toString())
                .containsExactly("198.51.100.1:6443");
        assertThat(result.toFillIn())
                .anyMatch(line -> line.contains("replace each linkLocal"))
                .anyMatch(line -> line.endsWith(
                        "server a: node-a.example.com cannot be looked up here; replace 198.51.100.1, which stands for its"
                                + " address"));
    }

    @Test
    void nodesThatDisagreeAreNamed() throws Exception {
        SourceText other = new SourceText("two.conf", INSTANCE.formatted("priority 90\nadvert_int 2"));
        ImportResult result = Importer.importFiles(
                List.of(new SourceText("one.conf", INSTANCE.formatted("priority 100")), other),
                new SourceText("haproxy.cfg", LISTEN.formatted("")));

        assertThat(result.toFillIn())
                .contains("two.conf:1: advert_int differs from one.conf:1, which was taken for all nodes");
    }

    @Test
    void noPasswordIsShown() throws Exception {
        assertThat(imported("guide", "keepalived.conf").notCarriedOver().toString())
                .doesNotContain("awesomePassword")
                .doesNotContain("35f18af");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include /etc/keepalived/conf.d/*.conf | k.conf:4:5: include: other files are not read",
                "@node1 priority 100 | k.conf:4:5: @node1: conditional lines",
                "$VIP=10.0.0.1 | k.conf:4:5: $VIP=10.0.0.1: definitions are not expanded",
                "priority ${PRIORITY} | k.conf:4:14: priority: ${PRIORITY} is still the guide's placeholder",
                "} } | k.conf:4:7: a closing brace",
                "track_script { | k.conf:1:20: this block is not closed",
            })
    void whatCannotBeReadIsRefusedWithAClearWord(String line, String message) {
        assertThat(refusal(INSTANCE.formatted(line), LISTEN.formatted(""))).contains(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "include other.cfg | haproxy.cfg:3:5: include: other files are not read",
                ".if defined(X) | haproxy.cfg:3:5: .if: conditional lines",
                "option \"tcplog | haproxy.cfg:3:12: a quote is not closed",
                "timeout connect ${T} | haproxy.cfg:3:21: timeout: ${T} is still the guide's placeholder",
            })
    void whatHaproxyAloneCouldResolveIsRefused(String line, String message) {
        assertThat(refusal(INSTANCE.formatted(""), LISTEN.formatted(line))).contains(message);
    }

    @Test
    void filesInTheWrongOrderAreRecognised() {
        assertThat(refusal(LISTEN.formatted(""), INSTANCE.formatted(""))).contains("is this a keepalived.conf?");
        assertThat(refusal(INSTANCE.formatted(""), INSTANCE.formatted(""))).contains("is this a haproxy.cfg?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "balance source | balance: source",
                "timeout client 0 | idle: 168h",
                "timeout tunnel 2h | idle: 2h",
                "timeout connect 1500 | connect: 1500ms",
                "option ssl-hello-chk | type: https, path: /, expect: 100-599",
                "option httpchk HEAD /ping | type: http, path: /ping, expect: 200-399",
                "default-server inter 500 fall 5 rise 4 | interval: 500ms, fastInterval: 500ms, timeout: 500ms, fall: 5, rise: 4",
                "default-server send-proxy | proxyProtocol: v1",
            })
    void haproxysWordsHaveTheirCounterpart(String line, String yaml) throws Exception {
        assertThat(Importer.importFiles(
                                List.of(new SourceText("k.conf", INSTANCE.formatted(""))),
                                new SourceText("haproxy.cfg", LISTEN.formatted(line)))
                        .yaml())
                .contains(yaml);
    }

    private static String refusal(String keepalived, String haproxy) {
        return catchThrowableOfType(
                        ImportException.class,
                        () -> Importer.importFiles(
                                List.of(new SourceText("k.conf", keepalived)), new SourceText("haproxy.cfg", haproxy)))
                .getMessage();
    }

    private static Cluster cluster(ImportResult result) throws Exception {
        return ClusterFile.parse(Path.of("imported.yaml"), result.yaml().getBytes(StandardCharsets.UTF_8))
                .cluster();
    }
}
