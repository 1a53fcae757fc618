package io.jenkins.plugins.baton.cluster.file;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.baton.cluster.file.ClusterFormat.TopKeys;

/**
 * The JSON Schema of cluster files, for editors: keys, types, ranges, defaults and descriptions. Relations between
 * values are beyond it; {@code baton-agent check} tells those.
 */
public final class Schema {
    private Schema() {}

    /** The schema, draft 2020-12, indented, ending with a line feed. */
    public static String json() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Baton cluster file");
        schema.setAll(TopKeys.ALL.schema());
        return schema.toPrettyString() + "\n";
    }
}
