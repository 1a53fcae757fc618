package io.jenkins.plugins.baton.fleet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.jenkins.plugins.baton.fleet.status.StatusJson;

/** Results for machines. */
final class Json {
    private static final ObjectWriter WRITER = StatusJson.mapper().writerWithDefaultPrettyPrinter();

    private Json() {}

    static String of(Object value) {
        try {
            return WRITER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own results can be written", e);
        }
    }
}
