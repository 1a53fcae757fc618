package io.jenkins.plugins.baton.fleet.federation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.baton.fleet.status.StatusJson;
import java.lang.reflect.Type;
import javax.management.ConstructorParameters;

/** Values of the JSON in the types of the management contract. */
final class ContractTypes {
    private static final JsonMapper MAPPER = mapper();

    private ContractTypes() {}

    private static JsonMapper mapper() {
        JsonMapper mapper = StatusJson.mapper().copy();
        mapper.setAnnotationIntrospector(new OpenTypes());
        return mapper;
    }

    /** @throws IllegalArgumentException when the value is of another type */
    static Object read(JsonNode value, Type type) {
        return MAPPER.convertValue(value, MAPPER.constructType(type));
    }

    /** A member of a composite is named by the annotation that MXBeans have for it. */
    private static final class OpenTypes extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonCreator.Mode findCreatorAnnotation(MapperConfig<?> config, Annotated creator) {
            return creator.hasAnnotation(ConstructorParameters.class)
                    ? JsonCreator.Mode.PROPERTIES
                    : super.findCreatorAnnotation(config, creator);
        }

        @Override
        public String findImplicitPropertyName(AnnotatedMember member) {
            if (member instanceof AnnotatedParameter parameter) {
                ConstructorParameters names = parameter.getOwner().getAnnotation(ConstructorParameters.class);
                if (names != null) {
                    return names.value()[parameter.getIndex()];
                }
            }
            return super.findImplicitPropertyName(member);
        }
    }
}
