package io.strandline.web.guard;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.strandline.ProvokedCodes;
import io.strandline.ServerTests;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTests extends ServerTests {

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8080", "127.0.0.2", "localhost.evil.example"})
    void refusesAHostItDoesNotServe(String host) {
        given().spec(api())
                .header("Host", host)
                .get("/api/v1/problems/damaged")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("host-not-allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:80"})
    void servesTheLoopbackNames(String host) {
        given().spec(api())
                .header("Host", host)
                .get("/api/v1/problems/damaged")
                .then()
                .statusCode(200);
    }

    @Test
    void answersProbesUnderAnyHost() {
        given().spec(api())
                .header("Host", "10.0.0.7")
                .get("/actuator/health/liveness")
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://localhost:1", "null", "https://127.0.0.1:1", "::"})
    void refusesAPageOfAnotherOrigin(String origin) {
        given().spec(api())
                .header("Origin", origin)
                .post("/probe/count")
                .then()
                .statusCode(403)
                .body("code", equalTo("origin-not-allowed"));
    }

    @Test
    void servesItsOwnPages() {
        given().spec(api())
                .header("Origin", baseUri())
                .post("/probe/count")
                .then()
                .statusCode(200);
    }

    @Test
    void sendsSecurityHeaders() {
        given().spec(api())
                .get("/swagger-ui/index.html")
                .then()
                .statusCode(200)
                .header("Content-Security-Policy", containsString("default-src 'self'"))
                .header("Content-Security-Policy", containsString("frame-ancestors 'none'"))
                .header("X-Content-Type-Options", "nosniff");
    }

    @Test
    void refusesABodyOver1Mb() throws IOException {
        String json = "{\"title\":\"" + "x".repeat(1 << 20) + "\"}";
        given().spec(api())
                .contentType("application/json")
                .body(json)
                .post("/probe/body")
                .then()
                .statusCode(413)
                .body("code", equalTo("body-too-large"));
        assertThat(chunked(json)).startsWith("HTTP/1.1 413").contains("body-too-large");
    }

    @Test
    void refusesABodyTooDeepOrTooWide() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        String wide = "{\"inner\":[" + "1,".repeat(10_000) + "1]}";
        for (String body : new String[] {deep, wide}) {
            given().spec(api())
                    .contentType("application/json")
                    .body(body)
                    .post("/probe/body")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("invalid-body"));
        }
        given().spec(api())
                .contentType("application/json")
                .body(wide)
                .post("/probe/body")
                .then()
                .body("errors[0].pointer", equalTo("/inner"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"title\":\"a\\u0000b\"}", "{\"title\":\"a\",\"inner\":[{\"na\\u0000me\":\"b\"}]}"})
    void refusesNulInABody(String body) {
        given().spec(api())
                .contentType("application/json")
                .body(body)
                .post("/probe/body")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-body"))
                .body("detail", containsString("NUL"));
    }

    @Test
    void refusesNulInAQueryParameter() {
        given().spec(api())
                .urlEncodingEnabled(false)
                .delete("/api/v1/jobs/flights?force=true&reason=tidy%00up")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid-parameter"))
                .body("errors[0].pointer", equalTo("?reason"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE | 400 | bad-request",
                "GET /a{b HTTP/1.1~Host: localhost | 400 | bad-request",
                "GET /%zz HTTP/1.1~Host: localhost | 400 | bad-request",
                "GET / HTTP/1.1 | 400 | bad-request",
                "GET / HTTP/3.0~Host: localhost | 400 | bad-request",
                "GET / HTTP/1.1~Host: a b | 400 | bad-request",
                "POST / HTTP/1.1~Host: localhost~Transfer-Encoding: foo | 400 | bad-request",
                "POST / HTTP/1.1~Host: localhost~Content-Length: -4 | 400 | bad-request",
                "POST / HTTP/1.1~Host: localhost~Content-Length: 1~Content-Length: 2 | 400 | bad-request",
                "POST /probe/body HTTP/1.1~Host: localhost~Transfer-Encoding: chunked~~zz | 400 | bad-request",
                "GET /..%2f..%2fetc HTTP/1.1~Host: localhost | 400 | bad-request",
                "TRACE / HTTP/1.1~Host: localhost | 405 | method-not-allowed",
                "FOO /probe/body HTTP/1.1~Host: localhost | 405 | method-not-allowed",
                "GET / HTTP/1.1~Host: localhost~Expect: nonsense | 417 | expectation-failed",
            })
    void answersWhatTomcatRefusesWithAProblem(String request, int status, String code) throws IOException {
        String answer = raw(request.replace("~", "\r\n") + "\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertThat(answer).contains("application/problem+json").contains("\"code\":\"" + code + "\"");
        assertThat(answer).doesNotContain("<html").doesNotContain("Apache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nX: %s\r\n\r\n",
                "GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n"
            })
    void saysThatARequestLineOrHeadersThatAreTooLargeAreToBeShortened(String request) throws IOException {
        String answer = raw(request.formatted("x".repeat(20_000)));

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("\"code\":\"bad-request\"")
                .contains("or shorten");
    }

    private String chunked(String body) throws IOException {
        return raw("POST /probe/body HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(5_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            ProvokedCodes.note("raw", "/", answer);
            return answer;
        }
    }
}
