package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The catalog is an index: without it, or with an old copy of it, the packaged server answers as before, and numbers go on.
 */
class CatalogLossIT {

    private static final int SNAPSHOTS = 20;
    private static final String JOB = "/jobs/catalog-loss";
    private static final String PIPELINE = """
            {"name": "catalog-loss",
             "sources": [{"name": "numbers", "type": "sequence", "keys": 50, "rate": 1000}],
             "operators": [{"name": "sums", "type": "aggregate", "input": "numbers", "keyBy": ["key"],
                            "aggregates": {"total": "sum(value)"}, "emit": "NONE"}],
             "sinks": [], "checkpoints": {"interval": "NONE"}}
            """;

    /** Everything the catalog serves that is not lost with it by design. */
    private static final List<String> QUESTIONS = List.of(
            "/jobs",
            JOB,
            JOB + "/pipeline",
            JOB + "/instances?limit=500",
            JOB + "/snapshots?limit=500",
            JOB + "/snapshots?limit=500&state=TRASHED",
            JOB + "/tags",
            JOB + "/branches",
            JOB + "/branches/main/reflog?limit=500",
            JOB + "/retention-policy",
            "/retention-policy",
            "/trash",
            "/audit?limit=500");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path directory;

    private Path data;
    private Path log;

    @BeforeEach
    void name() {
        data = directory.resolve("data");
        log = directory.resolve("server.log");
    }

    @Test
    void answersAsBeforeAndReusesNoNumberWhenTheCatalogWasDeletedOrAnOldCopyPutBack() throws Exception {
        Path oldCopy = directory.resolve("old-catalog");
        try (ServerProcess server = start()) {
            ApiClient api = new ApiClient(http, server::uri);
            api.post("/jobs?start=true", PIPELINE).expect(201);
            snapshots(api, 2);
            api.post(JOB + "/stop", "{\"mode\": \"CANCEL\"}").expect(200);
            assertThat(server.terminate()).isZero();
        }
        copy(data.resolve("catalog"), oldCopy);
        Map<String, JsonNode> before;
        try (ServerProcess server = start()) {
            ApiClient api = new ApiClient(http, server::uri);
            api.post(JOB + "/start", "{}").expect(200);
            String newest = snapshots(api, SNAPSHOTS);
            name(api, newest);
            api.post(JOB + "/stop", "{\"mode\": \"CANCEL\"}").expect(200);
            before = ask(api);
            server.kill9();
        }

        replaceCatalog(null);
        long number = answersAsBefore(before);
        replaceCatalog(oldCopy);
        assertThat(answersAsBefore(before)).isGreaterThan(number);
    }

    /** Tags, holds, labels, a policy, a version in the trash: one of each thing that only the journal has besides the catalog. */
    private static void name(ApiClient api, String snapshot) throws IOException, InterruptedException {
        api.put(JOB + "/tags/good", "{\"snapshot\": \"" + snapshot + "\", \"message\": \"the last good one\"}")
                .expect(201);
        api.post(JOB + "/snapshots/" + snapshot + "/holds", "{\"reason\": \"audit\"}")
                .expect(201);
        api.patch(JOB + "/snapshots/" + snapshot, "{\"labels\": {\"by\": \"test\"}, \"description\": \"kept\"}")
                .expect(200);
        api.put("/retention-policy", "{\"keep\": {\"last\": 200}}").expect(200);
        api.put(JOB + "/retention-policy", "{\"keep\": {\"last\": 100}}").expect(200);
        api.delete(JOB + "/snapshots/" + firstNumber(api) + "?reason=old").expect(200);
        api.post(JOB + "/snapshots/" + snapshot + "/verify", "{\"level\": \"CONTENT\"}")
                .expect(200);
    }

    private static long firstNumber(ApiClient api) throws IOException, InterruptedException {
        JsonNode items = api.get(JOB + "/snapshots?limit=500").expect(200).get("items");
        return items.get(items.size() - 1).get("number").asLong();
    }

    /** Starts on what is left, compares every answer, takes one more snapshot and takes it back out; returns its number. */
    private long answersAsBefore(Map<String, JsonNode> before) throws Exception {
        long highest = before.get(JOB + "/snapshots?limit=500")
                .get("items")
                .get(0)
                .get("number")
                .asLong();
        try (ServerProcess server = start()) {
            ApiClient api = new ApiClient(http, server::uri);
            Map<String, JsonNode> after = ask(api);
            before.forEach((question, answer) ->
                    assertThat(after.get(question)).as(question).isEqualTo(answer));
            api.post(JOB + "/start", "{}").expect(200);
            snapshots(api, 1);
            long number = api.get(JOB).expect(200).get("head").get("number").asLong();
            api.post(JOB + "/stop", "{\"mode\": \"CANCEL\"}").expect(200);
            assertThat(number).isGreaterThan(highest);
            before.putAll(ask(api));
            server.kill9();
            return number;
        }
    }

    private static Map<String, JsonNode> ask(ApiClient api) throws IOException, InterruptedException {
        Map<String, JsonNode> answers = new LinkedHashMap<>();
        for (String question : QUESTIONS) {
            answers.put(question, api.get(question).expect(200));
        }
        return answers;
    }

    private static String snapshots(ApiClient api, int count) throws IOException, InterruptedException {
        String id = "";
        for (int i = 0; i < count; i++) {
            id = api.post(JOB + "/snapshots", "{}")
                    .expect(200)
                    .get("result")
                    .get("id")
                    .asString();
        }
        return id;
    }

    private ServerProcess start() throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.start(data, log);
        server.awaitReady(http);
        return server;
    }

    private void replaceCatalog(@Nullable Path copy) throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("catalog"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        if (copy != null) {
            copy(copy, data.resolve("catalog"));
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
