package io.strandline.web.errors;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.response.ValidatableResponse;
import io.strandline.ServerTests;
import io.strandline.problem.ErrorCode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemAnswersTests extends ServerTests {

    @Test
    void rendersEveryMemberOfAProblem() {
        get("/probe/fail/blocked")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("type", equalTo("/api/v1/problems/protected"))
                .body("code", equalTo("protected"))
                .body("detail", equalTo("Version 42 is held."))
                .body("instance", equalTo("/probe/fail/blocked"))
                .body("retryable", equalTo(false))
                .body("blockers[0].kind", equalTo("hold"))
                .body("blockers[0].releaseHref", equalTo("/api/v1/holds/h1"))
                .body("currentHead.number", equalTo(43))
                .body("operationId", equalTo("op1"))
                .body("plan.id", equalTo("p1"))
                .body("traceId", notNullValue())
                .body("$", not(hasKey("extensions")))
                .body("$", not(hasKey("errors")));
    }

    @Test
    void saysWhenToRetry() {
        get("/probe/fail/full").statusCode(507).header("Retry-After", "2").body("retryable", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unexpected", "stack"})
    void answersAnUnexpectedFailureWith503AndNoSecrets(String how) {
        get("/probe/fail/" + how)
                .statusCode(503)
                .header("Retry-After", notNullValue())
                .body("code", equalTo("internal-error"))
                .body("$", not(hasKey("trace")))
                .body("detail", not(containsString("secret")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"title\":\"t\",\"colour\":\"BLUE\"} | /colour | one of RED, GREEN",
                "{\"title\":\"t\",\"at\":\"yesterday\"} | /at | an instant",
                "{\"title\":\"t\",\"every\":\"5s\"} | /every | a duration",
                "{\"title\":\"t\",\"inner\":[{\"name\":\"n\",\"size\":\"3\"}]} | /inner/0/size | a whole number",
                "{\"title\":\"t\",\"inner\":[{\"name\":\"n\",\"size\":1.5}]} | /inner/0/size | a whole number",
                "{\"title\":\"t\",\"inner\":{}} | /inner | an array",
                "{\"title\":5} | /title | a string",
                "{\"title\":\"t\",\"colr\":1} | /colr | unknown field 'colr'; known are at, colour",
                "[] | '' | an object",
            })
    void namesTheFieldOfAWrongBody(String body, String pointer, String detail) {
        post("/probe/body", body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid-body"))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(detail))
                .body("detail", not(containsString("io.strandline")));
    }

    @Test
    void listsEveryFieldThatValidationRefuses() {
        post("/probe/body", "{\"title\":\"\",\"inner\":[{\"name\":\"ok\"},{\"name\":\" \"}]}")
                .statusCode(400)
                .body("code", equalTo("invalid-body"))
                .body("errors.pointer", hasItems("/title", "/inner/1/name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"title\":",
                "{\"title\":\"a\",}",
                "{\"title\":\"a\"} x",
                "{\"title\":\"a\",\"title\":\"b\"}",
                "{'a':1}"
            })
    void saysWhereTheSyntaxBreaks(String body) {
        post("/probe/body", body)
                .statusCode(400)
                .body("code", equalTo("malformed-body"))
                .body("detail", containsString("line 1, column"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/v1/audit?since=yesterday | ?since | found \"yesterday\", expected an instant",
                "/api/v1/jobs/j/snapshots?kind=MANUAL&kind=BIG | ?kind | found \"BIG\", expected one of PERIODIC",
            })
    void namesTheFilterThatCannotBeRead(String path, String pointer, String detail) {
        get(path)
                .statusCode(400)
                .body("code", equalTo("invalid-parameter"))
                .body("errors[0].pointer", equalTo(pointer))
                .body("errors[0].detail", containsString(detail));
    }

    @Test
    void saysWhatWouldBeTaken() {
        given().spec(api())
                .contentType("text/plain")
                .body("name: x")
                .post("/api/v1/jobs")
                .then()
                .statusCode(415)
                .body("detail", containsString("send application/json or application/yaml"));
        given().spec(api())
                .patch("/api/v1/jobs")
                .then()
                .statusCode(405)
                .body("detail", containsString("use GET or POST"));
        get("/nothing/here").statusCode(404).body("detail", containsString("Nothing is at /nothing/here;"));
    }

    @Test
    void needsABody() {
        given().spec(api())
                .contentType("application/json")
                .post("/probe/body")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-body"));
    }

    @Test
    void readsYamlAsStrictlyAsJson() {
        given().spec(api())
                .contentType("application/yaml")
                .body("title: t\ncolour: GREEN\n".getBytes(StandardCharsets.UTF_8))
                .post("/probe/body")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("colour", equalTo("GREEN"));
        given().spec(api())
                .contentType("application/yaml")
                .body("title: t\ncolr: 1\n".getBytes(StandardCharsets.UTF_8))
                .post("/probe/body")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("/colr"));
        given().spec(api())
                .contentType("application/yaml")
                .body("title: [t\n".getBytes(StandardCharsets.UTF_8))
                .post("/probe/body")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed-body"));
    }

    @ParameterizedTest
    @CsvSource({
        "/probe/items/abc,{number}",
        "/probe/items/1?colour=BLUE,?colour",
        "/probe/items/1?few=9,?few",
        "/probe/items/1?limit=501,?limit",
        "/probe/items/1?limit=0,?limit",
        "/probe/items/1?limit=x,?limit"
    })
    void namesTheParameter(String path, String pointer) {
        get(path).statusCode(400).body("code", equalTo("invalid-parameter")).body("errors.pointer", contains(pointer));
    }

    @Test
    void answersWhatSpringRefusesWithProblems() {
        get("/nowhere").statusCode(404).body("code", equalTo("not-found"));
        get("/error").statusCode(404).body("code", equalTo("not-found"));
        given().spec(api())
                .put("/probe/body")
                .then()
                .statusCode(405)
                .header("Allow", "POST")
                .contentType("application/problem+json")
                .body("code", equalTo("method-not-allowed"));
        given().spec(api())
                .contentType("text/plain")
                .body("x")
                .post("/probe/body")
                .then()
                .statusCode(415)
                .contentType("application/problem+json")
                .body("code", equalTo("unsupported-media-type"));
        given().spec(api())
                .accept("image/png")
                .get("/api/v1/problems/damaged")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("not-acceptable"));
    }

    @ParameterizedTest
    @EnumSource
    void explainsEveryCodeAtItsType(ErrorCode code) {
        get("/api/v1/problems/" + code.wireName())
                .statusCode(200)
                .body("code", equalTo(code.wireName()))
                .body("status", equalTo(code.status()))
                .body("title", equalTo(code.title()))
                .body("wayOut", equalTo(code.wayOut()));
    }

    @Test
    void doesNotKnowACodeThatIsNone() {
        get("/api/v1/problems/nonsense").statusCode(404).body("code", equalTo("problem-not-found"));
    }

    @Test
    void takesTheRequestsIdAndActor() {
        given().spec(api())
                .header("X-Request-Id", "my-id.1")
                .header("X-Strandline-Actor", "ann")
                .get("/probe/caller")
                .then()
                .header("X-Request-Id", "my-id.1")
                .body("actor", equalTo("ann"))
                .body("requestId", equalTo("my-id.1"));
        given().spec(api())
                .header("X-Request-Id", "bad id")
                .get("/probe/caller")
                .then()
                .header("X-Request-Id", not(containsString("bad")))
                .body("actor", equalTo("anonymous"));
        given().spec(api())
                .header("X-Strandline-Actor", "<script>")
                .get("/probe/caller")
                .then()
                .statusCode(400)
                .body("errors.pointer", contains("X-Strandline-Actor"));
    }

    private ValidatableResponse get(String path) {
        return given().spec(api()).urlEncodingEnabled(false).get(path).then();
    }

    private ValidatableResponse post(String path, String body) {
        return given().spec(api())
                .contentType("application/json")
                .body(body)
                .post(path)
                .then();
    }
}
