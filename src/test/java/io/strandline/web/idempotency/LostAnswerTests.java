package io.strandline.web.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.web.guard.DoorOrder;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/** Requests that had their effect and whose answers were never kept, as after a kill between the two. */
class LostAnswerTests {

    private static final String LOSE_IT = "X-Test-Lose-The-Answer";

    @TempDir
    Path directory;

    /** Breaks off behind the effect and before the answer is kept. */
    @Order(DoorOrder.IDEMPOTENCY + 1)
    static final class AnswerLoser extends OncePerRequestFilter {

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws ServletException, IOException {
            chain.doFilter(request, response);
            if (request.getHeader(LOSE_IT) != null) {
                response.reset();
                throw new ServletException("the answer is lost, as the test wants");
            }
        }
    }

    @Test
    void aRepetitionIsAnsweredFromTheEffectAlsoByTheNextServer() {
        Response created;
        String holds;
        try (OwnServer server = OwnServer.on(directory, AnswerLoser.class)) {
            String document = JobCalls.sums("once", "filesystem");
            lost(server, "job", "/api/v1/jobs?start=true", document);
            created = repeated(server, "job", "/api/v1/jobs?start=true", document);
            assertThat(created.statusCode()).isEqualTo(201);
            assertThat(created.header("Location")).isEqualTo("/api/v1/jobs/once");
            assertThat(created.header("ETag")).isNotBlank();
            assertThat(created.jsonPath().getString("operationId")).isNotBlank();
            server.jobs().awaitState("once", "RUNNING");
            int number = server.jobs().snapshot("once");
            holds = "/api/v1/jobs/once/snapshots/" + number + "/holds";
            lost(server, "hold", holds, "{\"reason\": \"audit\"}");
            lost(server, "trigger", "/api/v1/jobs/once/snapshots", "{}");
        }
        try (OwnServer server = OwnServer.on(directory, AnswerLoser.class)) {
            String document = JobCalls.sums("once", "filesystem");
            Response job = repeated(server, "job", "/api/v1/jobs?start=true", document);
            assertThat(job.jsonPath().getString("id"))
                    .isEqualTo(created.jsonPath().getString("id"));
            Response hold = repeated(server, "hold", holds, "{\"reason\": \"audit\"}");
            assertThat(hold.statusCode()).isEqualTo(201);
            assertThat(hold.header("Location"))
                    .endsWith("/holds/" + hold.jsonPath().getString("id"));
            assertThat(list(server, holds)).as("one effect").hasSize(1);
            Response trigger = repeated(server, "trigger", "/api/v1/jobs/once/snapshots", "{}");
            assertThat(trigger.jsonPath().getString("type")).isEqualTo("snapshot");
            assertThat(list(server, "/api/v1/operations?job=once&type=snapshot"))
                    .as("one effect")
                    .hasSize(2);
        }
    }

    @Test
    void theKeyOfALostAnswerBelongsToItsRequest() {
        try (OwnServer server = OwnServer.on(directory, AnswerLoser.class)) {
            lost(server, "k", "/api/v1/jobs", JobCalls.sums("first", "filesystem"));
            Response other = repeated(server, "k", "/api/v1/jobs", JobCalls.sums("second", "filesystem"));
            assertThat(other.statusCode()).isEqualTo(422);
            assertThat(other.jsonPath().getString("code")).isEqualTo("idempotency-key-reused");
        }
    }

    private static List<Object> list(OwnServer server, String path) {
        List<Map<String, Object>> items =
                given().spec(server.api()).get(path).jsonPath().getList("items");
        return items.stream()
                .filter(item -> !"SYSTEM".equals(item.get("kind")))
                .<Object>map(item -> item.get("id"))
                .toList();
    }

    private static void lost(OwnServer server, String key, String path, String body) {
        Response answer = request(server, key, body).header(LOSE_IT, "yes").post(path);
        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(500);
    }

    private static Response repeated(OwnServer server, String key, String path, String body) {
        return request(server, key, body).post(path);
    }

    private static RequestSpecification request(OwnServer server, String key, String body) {
        return given().spec(server.api())
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(body);
    }
}
