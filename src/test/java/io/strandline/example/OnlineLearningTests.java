package io.strandline.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.restassured.path.json.JsonPath;
import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.runner.plugin.JarOfClasses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnlineLearningTests {

    private static final String DOCUMENT = """
            {"name": "learning",
             "sources": [{"name": "departures", "type": "file", "path": "demo:flights.ndjson", "format": "json", "rate": 5000,
                          "schema": {"date": "timestamp(yyyy/MM/dd HH:mm)", "delay": "long", "distance": "long", "origin": "string"}}],
             "operators": [{"name": "learn", "type": "process", "input": "departures", "keyBy": ["origin"],
                            "class": "io.strandline.example.LateDepartures", "config": {"rate": 0.05}}],
             "sinks": [{"name": "accuracy", "type": "file", "input": "learn", "path": "accuracy", "format": "json"}],
             "checkpoints": {"interval": "NONE"}}""";

    @TempDir
    Path directory;

    @Test
    void rollingBackBringsBackTheEarlierModelAndItsAccuracy() throws IOException {
        JarOfClasses.in(directory.resolve("plugins"), "learning.jar", LateDepartures.class);
        try (OwnServer server = server()) {
            JobCalls jobs = server.jobs();
            jobs.run(DOCUMENT);
            awaitSeen(jobs, 2_000);
            int early = jobs.snapshot("learning");
            Map<String, Object> earlier = model(jobs, String.valueOf(early));
            jobs.awaitState("learning", "FINISHED");
            Map<String, Object> last = model(jobs, "latest");
            String digest = digest(jobs, "latest");
            assertThat(digest).isNotNull();
            assertThat((int) last.get("seen")).isGreaterThan((int) earlier.get("seen"));

            jobs.done("learning", "restore", "{\"to\": \"" + early + "\", \"mode\": \"ROLLBACK\", \"start\": false}");
            assertThat(model(jobs, "main")).isEqualTo(earlier);

            jobs.done("learning", "start", "{}");
            jobs.awaitState("learning", "FINISHED");
            assertThat(model(jobs, "latest")).isEqualTo(last);
            assertThat(digest(jobs, "latest")).isEqualTo(digest);
        }
    }

    @Test
    void aPipelineIsKeptWithTheDigestOfItsJar() throws IOException {
        JarOfClasses.in(directory.resolve("plugins"), "learning.jar", LateDepartures.class);
        try (OwnServer server = server()) {
            server.jobs().submit(DOCUMENT).statusCode(201);
            server.jobs()
                    .submit(DOCUMENT.replace("LateDepartures", "LateArrivals").replace("\"learning\"", "\"other\""))
                    .statusCode(422)
                    .body("errors[0].pointer", equalTo("/operators/0/class"))
                    .body("errors[0].detail", containsString("no class io.strandline.example.LateArrivals"));
            assertThat(server.jobs().get("learning", "/pipeline/versions/1").prettify())
                    .contains("sha256:");
        }
    }

    private OwnServer server() {
        return OwnServer.on(
                directory.resolve("data"), List.of("--strandline.plugins.dir=" + directory.resolve("plugins")));
    }

    private static void awaitSeen(JobCalls jobs, long atLeast) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (jobs.get("learning", "/topology").getLong("operators.find { it.name == 'learn' }.recordsIn") < atLeast) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Map<String, Object> model(JobCalls jobs, String version) {
        JsonPath found = jobs.get("learning", "/snapshots/" + version + "/state/learn/model?key=DFW");
        return found.getMap("value");
    }

    private static String digest(JobCalls jobs, String version) {
        return jobs.done("learning", "snapshots/" + version + "/verify", "{\"level\": \"CONTENT\"}")
                .getString("result.stateDigest");
    }
}
