package io.jenkins.plugins.baton.cluster.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final SchemaRegistry DRAFT = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    @Test
    void theSchemaItselfIsValid() throws Exception {
        SchemaLocation meta = SchemaLocation.of("https://json-schema.org/draft/2020-12/schema");
        assertThat(DRAFT.getSchema(meta).validate(Schema.json(), InputFormat.JSON))
                .isEmpty();
    }

    @Test
    void theCommittedSchemaIsCurrent() throws Exception {
        Documents.assertCurrent("cluster-file.schema.json", Schema.json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"design.yaml", "every-key.yaml"})
    void whatTheReaderAcceptsTheSchemaAccepts(String name) throws Exception {
        assertThat(violations(Path.of("src/test/resources", name))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown-keys, clustr",
        "missing-keys, virtualRouterId",
        "wrong-shapes, virtualRouters",
        "priorities, 254",
        "virtual-router-ids, 255",
        "version-3, /virtualRouters/4/version",
        "durations, advertisementInterval",
        "flags, unicast",
        "no-nodes, at least 1",
        "checks, /frontends/1/check/path",
        "backends, weight",
        "names, cluster",
        "ssh, jump",
    })
    void whatTheReaderRefusesAtOnePlaceTheSchemaRefusesToo(String name, String phrase) throws Exception {
        assertThat(violations(Path.of("src/test/resources/broken", name + ".yaml"))
                        .toString())
                .contains(phrase);
    }

    /** In place of {@code #} stands the value. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cluster: # | 1 true 1.5 no 1e3 -1 .5 'prod' a/b",
                "ssh: {user: #} | 1000 true 1.5 -x u@dom a;b",
                "ssh: {jump: #} | 12 h h:22 u@h:65535 h:0 h:65536 h:022 fe80::1 '[fe80::1]:22' h_x u@@h ssh://h",
                "ssh: {identity: #} | 1 true 1.5 ~/.ssh/id '' ''",
                "ssh: {port: #} | 0 1 65535 65536 -1 '22' 0x16 twenty",
                "secret: # | 1 /a a / true",
                "management: {jmxUsers: [#]} | 1000 root -x",
                "virtualRouters: [{virtualRouterId: 1, interface: #, addresses: [10.0.0.9]}]"
                        + " | 1 true 1.5 eth0 bond0@eth0 eth0:1 . .. abcdefghijklmnop",
                "virtualRouters: [{virtualRouterId: 1, interface: e, addresses: ['#']}]"
                        + " | 10.0.0.9 10.0.0.9/24 10.0.0.9/0 10.0.0.9/33 10.0.0.9/024 10.0.0.256 10.0.0 010.0.0.9 vip"
                        + " fe80::1%eth0 2001:db8::1/129 2001:db8::1/0 12345::1 1::2::3 ::: 1",
                "virtualRouters: [{virtualRouterId: 1, interface: e, addresses: [10.0.0.9], version: 2,"
                        + " authentication: {password: #}}]"
                        + " | 1111 '1111' true 1.5 12345678 123456789 '123456789' no",
                "frontends: [{bind: #}]"
                        + " | 8443 '8443' 0 65536 08443x 0.0.0.0:8443 '[::]:8443' 127.0.0.1:08443 127.0.0.1:65536 '*:8443'"
                        + " ':8443' localhost:8443 '[10.0.0.1]:8443' '::1:8443' 12:30",
                "frontends: [{bind: 8443, backends: ['#']}] | 10.0.0.1:6443 10.0.0.1 host:6443 [fd00::1]:6443 fd00::1 10.0.0.1:0",
                "frontends: [{bind: 8443, backends: [{address: '#'}]}]"
                        + " | 10.0.0.1:6443 10.0.0.1 host host:6443 [fd00::1]:6443 fd00::1 10.0.0.1:0 10.0.0.1/24",
                "frontends: [{bind: 8443, check: {type: https, host: #}}] | 1 1.5 true a.example 10.0.0.1 a_b '[::1]'",
                "frontends: [{bind: 8443, check: {type: script, command: [/bin/true, #]}}] | 1 1.5 true -1 '' ''",
                "checks: [{name: #, address: '127.0.0.1:1'}] | 1 true a '' ''",
                "checks: [{name: a, address: '#'}] | 127.0.0.1:1 127.0.0.1 localhost:1 :1 [::1]:1 ::1 127.0.0.1:65536",
                "checks: [{name: a, type: https, url: '#'}]"
                        + " | https://127.0.0.1 https://127.0.0.1?x=1 https://127.0.0.1/?x=a@b https://127.0.0.1/\u00e9"
                        + " https://localhost/ https://127.0.0.1:0/ https://127.0.0.1:65536/ https://127.0.0.1:/"
                        + " https://[::1]:6443/livez https://::1/ https://u@127.0.0.1/ https://127.0.0.1/#x ftp://127.0.0.1/",
            })
    void theReaderAndTheSchemaSayTheSameOfAValue(String template, String values) throws Exception {
        for (String value : values.strip().split(" ")) {
            String text = "nodes: [{name: m1, address: 10.0.0.1}]\n" + template.replace("#", value) + "\n";

            assertThat(violations(text).isEmpty()).as(text).isEqualTo(isRead(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "fd00::1",
                "FD00::1",
                "'1:2:3:4:5:6:7::'",
                "'::10.0.0.1'",
                "10.0.0.1/24",
                "node.example",
                "10.0.0.256",
                "010.0.0.1",
                "'[fd00::1]'",
                "fe80::1%eth0",
                "12345::1",
                "1.5",
                "15",
                "'10.0.0.1 '"
            })
    void theReaderAndTheSchemaSayTheSameOfANodesAddress(String address) throws Exception {
        String text = "nodes: [{name: m1, address: " + address + "}]\n";

        assertThat(violations(text).isEmpty()).isEqualTo(isRead(text));
    }

    private static boolean isRead(String text) {
        try {
            ClusterFile.parse(Path.of("cluster.yaml"), text.getBytes(UTF_8));
            return true;
        } catch (ClusterFileException e) {
            return false;
        }
    }

    private static List<Error> violations(Path file) throws Exception {
        return violations(Files.readString(file));
    }

    private static List<Error> violations(String text) {
        return DRAFT.getSchema(Schema.json()).validate(text, InputFormat.YAML);
    }
}
