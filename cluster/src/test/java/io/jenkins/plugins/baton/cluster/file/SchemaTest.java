package io.jenkins.plugins.baton.cluster.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaTest {
    private static final JsonSchemaFactory DRAFT = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonSchema SCHEMA = DRAFT.getSchema(Schema.json());

    @Test
    void theSchemaItselfIsValid() throws Exception {
        JsonNode schema = new ObjectMapper().readTree(Schema.json());
        JsonSchema meta = DRAFT.getSchema(java.net.URI.create("https://json-schema.org/draft/2020-12/schema"));
        assertThat(meta.validate(schema)).isEmpty();
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
        "version-3, virtualRouters[4].version",
        "durations, advertisementInterval",
        "flags, unicast",
        "no-nodes, at least 1",
        "checks, frontends[1].check.path",
        "backends, weight",
        "names, cluster",
        "ssh, jump",
    })
    void whatTheReaderRefusesAtOnePlaceTheSchemaRefusesToo(String name, String phrase) throws Exception {
        assertThat(violations(Path.of("src/test/resources/broken", name + ".yaml"))
                        .toString())
                .contains(phrase);
    }

    private static Set<ValidationMessage> violations(Path file) throws Exception {
        return SCHEMA.validate(new YAMLMapper().readTree(Files.readString(file, StandardCharsets.UTF_8)));
    }
}
