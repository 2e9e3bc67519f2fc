package io.strandline.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.ProvokedCodes;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Provokes problems that no feature's own tests do. */
class ProvokedProblemsTests {

    @Test
    void answersWhatIsGoneOrLateAsWhatItIs(@TempDir Path directory) throws IOException {
        int lost;
        String interrupted;
        List<String> settings = List.of("--server.tomcat.connection-timeout=500ms");
        try (OwnServer server = OwnServer.on(directory, settings, PlantedOutcomes.class)) {
            api(server)
                    .get("/api/v1/retention-plans/none")
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("plan-not-found"));
            purge(server);
            assertThat(lateBody(server.port())).contains(" 408 ", "\"code\":\"request-timeout\"");
            server.jobs().run(JobCalls.sums("lost", "memory"));
            lost = server.jobs().snapshot("lost");
            server.part(PlantedOutcomes.class).plant(new CompletableFuture<>());
            interrupted = server.jobs()
                    .post("lost", "snapshots", "{}")
                    .statusCode(202)
                    .extract()
                    .path("id");
            api(server)
                    .contentType("application/json")
                    .body(JobCalls.sums("later", "filesystem").replace("\"sequence\"", "\"kafka\""))
                    .post("/api/v1/pipelines/validate")
                    .then()
                    .statusCode(422)
                    .body("code", equalTo("not-supported"));
        }
        try (OwnServer server = OwnServer.on(directory)) {
            assertToldAfterARestart(server, lost, interrupted);
        }
    }

    private static void assertToldAfterARestart(OwnServer server, int lost, String interrupted) {
        api(server)
                .get("/api/v1/jobs/lost/snapshots/" + lost + "/manifest")
                .then()
                .statusCode(409)
                .body("code", equalTo("state-lost"));
        api(server)
                .get("/api/v1/operations/" + interrupted)
                .then()
                .statusCode(200)
                .body("state", equalTo("FAILED"))
                .body("problem.code", equalTo("interrupted"));
    }

    private static void purge(OwnServer server) {
        JobCalls jobs = server.jobs();
        jobs.run(JobCalls.sums("purged", "filesystem"));
        int first = jobs.snapshot("purged");
        jobs.snapshot("purged");
        jobs.done("purged", "stop", "{\"mode\": \"CANCEL\"}");
        String version = "/api/v1/jobs/purged/snapshots/" + first;
        api(server).delete(version + "?reason=test").then().statusCode(200);
        api(server)
                .contentType("application/json")
                .header("Prefer", "wait=30")
                .body("{\"reason\": \"test\"}")
                .post("/api/v1/trash/purge")
                .then()
                .statusCode(200)
                .body("state", equalTo("SUCCEEDED"));
        api(server).get(version + "/manifest").then().statusCode(410).body("code", equalTo("snapshot-purged"));
    }

    /** What is answered to a body that stops arriving. */
    private static String lateBody(int port) throws IOException {
        String request = "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Content-Length: 100\r\n\r\n{";
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            ProvokedCodes.note("POST", "/api/v1/jobs", answer);
            return answer;
        }
    }

    private static RequestSpecification api(OwnServer server) {
        return given().spec(server.api());
    }
}
