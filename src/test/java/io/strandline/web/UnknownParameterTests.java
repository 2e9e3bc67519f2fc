package io.strandline.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;
import io.strandline.ServerTests;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class UnknownParameterTests extends ServerTests {

    @ParameterizedTest
    @CsvSource({
        "/jobs?limt=5, limt, limit",
        "/jobs/any/snapshots?labels=a%3Db, labels, label",
        "/jobs/any?banch=main, banch, branch",
        "/audit?actors=ann, actors, actor",
        "/jobs/any/pipeline?Branch=main, Branch, branch"
    })
    void isNamedWithTheOneThatWasProbablyMeant(String path, String wrong, String near) {
        given().spec(api())
                .urlEncodingEnabled(false)
                .get("/api/v1" + path)
                .then()
                .statusCode(400)
                .body("code", equalTo("unknown-parameter"))
                .body("errors[0].pointer", equalTo("?" + wrong))
                .body("detail", containsString("did you mean '" + near + "'?"));
    }

    @Test
    void isRefusedByEveryCallAndADocumentedOneByNone() {
        JsonNode document = JsonMapper.shared()
                .readTree(given().spec(api()).get("/v3/api-docs").asByteArray());
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            String address = path.getKey().replaceAll("\\{[^}]*}", "x");
            for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                String method = call.getKey();
                assertThat(code(request(call.getValue()).queryParam("no-such", "1"), method, address))
                        .as("%s %s", method, address)
                        .isEqualTo("unknown-parameter");
                if (method.equals("get")) {
                    RequestSpecification all = request(call.getValue());
                    for (JsonNode parameter : call.getValue().path("parameters")) {
                        if (parameter.path("in").asString("").equals("query")) {
                            all.queryParam(parameter.get("name").asString(), "x");
                        }
                    }
                    assertThat(code(all, method, address))
                            .as("%s %s", method, address)
                            .isNotEqualTo("unknown-parameter");
                }
            }
        }
    }

    @Test
    void hidesNoOtherErrorOfARequestThatHasAQuery() {
        given().spec(api()).get("/no/such/page?colour=red").then().statusCode(404);
    }

    private RequestSpecification request(JsonNode call) {
        RequestSpecification request = given().spec(api());
        JsonNode types = call.path("requestBody").path("content");
        if (types.isEmpty()) {
            return request;
        }
        return request.contentType(types.propertyNames().iterator().next()).body("{}".getBytes(StandardCharsets.UTF_8));
    }

    private static String code(RequestSpecification request, String method, String address) {
        String body = request.request(method.toUpperCase(java.util.Locale.ROOT), address)
                .asString();
        return body.startsWith("{")
                ? JsonMapper.shared().readTree(body).path("code").asString("")
                : "";
    }
}
