package io.jenkins.plugins.baton.cluster.file;

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

    private static List<Error> violations(Path file) throws Exception {
        return DRAFT.getSchema(Schema.json()).validate(Files.readString(file), InputFormat.YAML);
    }
}
