package io.jenkins.plugins.baton.cluster.file;

import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TopKeys;
import io.jenkins.plugins.baton.cluster.file.format.JsonSchema;
import io.jenkins.plugins.baton.cluster.file.format.JsonText;
import java.util.Map;

/**
 * The JSON Schema of cluster files, for editors: keys, types, ranges, defaults and descriptions. Relations between
 * values are beyond it; {@code baton-agent check} tells those.
 */
public final class Schema {
    private Schema() {}

    /** The schema, draft 2020-12, indented, ending with a line feed. */
    public static String json() {
        Map<String, Object> schema =
                JsonSchema.of("$schema", "https://json-schema.org/draft/2020-12/schema", "title", "Baton cluster file");
        schema.putAll(TopKeys.ALL.schema());
        return JsonText.of(schema) + "\n";
    }
}
