package io.strandline.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One call of the API document.
 *
 * @param body the schema of its body, null when it takes none
 */
record Route(
        String method,
        String path,
        List<Parameter> parameters,
        List<String> bodyTypes,
        @Nullable JsonNode body) {

    /** A parameter: where it goes, its name and its schema. */
    record Parameter(String in, String name, boolean required, JsonNode schema, String example) {}

    /** Every call of a document. */
    static List<Route> of(JsonNode document) {
        List<Route> routes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                routes.add(of(path.getKey(), call.getKey(), call.getValue()));
            }
        }
        return routes;
    }

    private static Route of(String path, String method, JsonNode call) {
        List<Parameter> parameters = new ArrayList<>();
        for (JsonNode parameter : call.path("parameters")) {
            parameters.add(new Parameter(
                    parameter.get("in").asString(),
                    parameter.get("name").asString(),
                    parameter.path("required").asBoolean(false),
                    parameter.path("schema"),
                    parameter.path("example").asString("")));
        }
        JsonNode content = call.at("/requestBody/content");
        List<String> types = new ArrayList<>(content.propertyNames());
        JsonNode body = types.isEmpty() ? null : content.get(types.get(0)).path("schema");
        return new Route(method.toUpperCase(Locale.ROOT), path, parameters, types, body);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
