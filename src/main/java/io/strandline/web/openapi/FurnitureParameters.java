package io.strandline.web.openapi;

import io.strandline.web.Caller;
import io.strandline.web.IfMatch;
import io.strandline.web.PageQuery;
import io.strandline.web.PreferWait;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** Documents the query parameters and headers behind the furniture's argument types. */
@Component
@Order(1)
class FurnitureParameters implements OperationCustomizer {

    @Override
    public Operation customize(Operation operation, HandlerMethod method) {
        Set<Class<?>> types = Arrays.stream(method.getMethodParameters())
                .map(MethodParameter::getParameterType)
                .collect(Collectors.toSet());
        if (types.contains(PageQuery.class)) {
            operation.addParametersItem(query("limit", limit(), "Items per page, at most 500.", 100));
            operation.addParametersItem(
                    query("cursor", new StringSchema(), "The previous page's nextCursor.", "kzR6lQAGbGV0dGVycwABYg"));
        }
        if (types.contains(IfMatch.class)) {
            operation.addParametersItem(header(
                    "If-Match",
                    "The resource's ETag: change it only if it is as you read it.",
                    "\"5d41402abc4b2a76b9719d91\""));
        }
        if (types.contains(PreferWait.class)) {
            operation.addParametersItem(header(
                    "Prefer", "wait=N waits up to N seconds, at most 60, for the operation to finish.", "wait=10"));
        }
        if (method.hasMethodAnnotation(PostMapping.class)) {
            operation.addParametersItem(header(
                    Caller.IDEMPOTENCY_KEY_HEADER,
                    "Any text of up to 200 characters: repeating the request with it within 24 hours has no second effect.",
                    "3f0c9b1e-deploy-17"));
        }
        if (types.contains(Caller.class)) {
            operation.addParametersItem(header(Caller.ACTOR_HEADER, "Who asks, for the audit.", "ann"));
        }
        return operation;
    }

    private static Schema<?> limit() {
        return new IntegerSchema()
                .format("int32")
                ._default(100)
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(500));
    }

    private static Parameter query(String name, Schema<?> schema, String description, Object example) {
        return new Parameter()
                .in("query")
                .name(name)
                .schema(schema)
                .description(description)
                .example(example);
    }

    private static Parameter header(String name, String description, String example) {
        return new Parameter()
                .in("header")
                .name(name)
                .schema(new StringSchema())
                .description(description)
                .example(example);
    }
}
