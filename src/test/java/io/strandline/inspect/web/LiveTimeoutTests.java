package io.strandline.inspect.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running job that is not waited for. */
class LiveTimeoutTests {

    private static final int TRIES = 200;

    @TempDir
    Path directory;

    @Test
    void saysWhenToAskAgainIfTheOwnerDoesNotAnswerInTime() {
        try (OwnServer server = OwnServer.on(directory, List.of("--strandline.inspect.live-timeout=PT0.000001S"))) {
            JobCalls calls = server.jobs();
            calls.run(JobCalls.sums("late", "filesystem"));

            ExtractableResponse<Response> answer = ask(server);
            for (int i = 0; i < TRIES && answer.statusCode() != 503; i++) {
                answer = ask(server);
            }

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.<String>path("code")).isEqualTo("lookup-timeout");
            assertThat(answer.header("Retry-After")).isEqualTo("1");
        }
    }

    private static ExtractableResponse<Response> ask(OwnServer server) {
        return given().spec(server.api())
                .get("/api/v1/jobs/late/state/by-key/aggregates?key=1")
                .then()
                .extract();
    }
}
