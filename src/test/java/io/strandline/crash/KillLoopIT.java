package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.runner.plugin.JarOfClasses;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * kill -9 at random moments, again and again, while a job runs over the transactional file sink, one of whose operators fails
 * every other second: afterwards every record is in the committed output exactly once, state equals the closed form, and nothing
 * the server acknowledged is missing.
 *
 * <p>{@code -Dstrandline.kills=50 -Dstrandline.seed=7} for a longer or another run; {@code -Dstrandline.backend=} for
 * another backend; {@code -Dstrandline.rowsPerFailure=} for how many rows an operator's subtask takes on average before it fails.
 */
class KillLoopIT {

    private static final int KILLS = Integer.getInteger("strandline.kills", 4);
    private static final long SEED = Long.getLong("strandline.seed", 20011L);
    private static final String BACKEND = System.getProperty("strandline.backend", "rocksdb");
    private static final int PARTITIONS = 4;
    private static final int KEYS = 500;
    private static final int ROWS_PER_FAILURE = Integer.getInteger("strandline.rowsPerFailure", 40_000);

    private static final String PIPELINE = """
            {"name": "kill-loop", "parallelism": 2,
             "sources": [{"name": "numbers", "type": "sequence", "partitions": %d, "keys": %d, "seed": 7, "rate": 20000}],
             "operators": [{"name": "fragile", "type": "process", "input": "numbers",
                            "class": "io.strandline.crash.Fragile", "config": {"oneIn": %d}},
                           {"name": "sums", "type": "aggregate", "input": "fragile", "keyBy": ["key"],
                            "aggregates": {"records": count(), "total": sum(value)}, "emit": "NONE"}],
             "sinks": [{"name": "out", "type": "file", "input": "fragile", "path": "out", "format": "json"}],
             "checkpoints": {"interval": "PT0.5S"}, "state": {"backend": "%s"},
             "restart": {"max": "PT0.2S", "maxAttempts": 1000}}
            """.replace("count()", "\"count()\"")
            .replace("sum(value)", "\"sum(value)\"")
            .formatted(PARTITIONS, KEYS, ROWS_PER_FAILURE, BACKEND);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @Test
    void everyRecordIsCommittedExactlyOnceAndNothingAcknowledgedIsLostWhenTheServerIsKilledAgainAndAgain()
            throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("server.log");
        AcknowledgedLog acknowledged = new AcknowledgedLog(directory.resolve("acknowledged.log"));
        String plugins = "--strandline.plugins.dir="
                + JarOfClasses.in(directory.resolve("plugins"), "fragile.jar", Fragile.class)
                        .getParent();
        int tags = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data, log, plugins)) {
                server.awaitReady(http);
                ApiClient api = new ApiClient(http, server::uri);
                if (kill == 0) {
                    api.post("/jobs?start=true", PIPELINE).expect(201);
                }
                awaitRunning(api, server);
                checkAcknowledged(api, acknowledged);
                Thread killer = killAfter(server, 300 + random.nextInt(2500));
                tags = takeAndTagSnapshots(api, acknowledged, tags);
                killer.join();
            }
        }
        try (ServerProcess server = ServerProcess.start(data, log, plugins)) {
            server.awaitReady(http);
            ApiClient api = new ApiClient(http, server::uri);
            awaitRunning(api, server);
            checkAcknowledged(api, acknowledged);
            stop(api);
            checkOutputAndState(api, data);
        }
        System.Logger logger = System.getLogger(KillLoopIT.class.getName());
        logger.log(
                System.Logger.Level.INFO,
                "{0} kills, seed {1}, backend {2}: {3} acknowledged",
                KILLS,
                SEED,
                BACKEND,
                acknowledged.entries().size());
    }

    private static Thread killAfter(ServerProcess server, int millis) {
        Thread killer = new Thread(
                () -> {
                    try {
                        TimeUnit.MILLISECONDS.sleep(millis);
                        server.kill9();
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                },
                "killer");
        killer.start();
        return killer;
    }

    /** Triggers and tags until the server is gone; notes what was acknowledged before asking for more. */
    private static int takeAndTagSnapshots(ApiClient api, AcknowledgedLog acknowledged, int tags)
            throws InterruptedException {
        int next = tags;
        try {
            while (true) {
                JsonNode snapshot = api.post("/jobs/kill-loop/snapshots", "{\"labels\": {\"by\": \"driver\"}}")
                        .body()
                        .path("result");
                if (!snapshot.has("id")) {
                    // the operator failed meanwhile: nothing was acknowledged
                    TimeUnit.MILLISECONDS.sleep(20);
                    continue;
                }
                String tag = "k" + next++;
                String id = snapshot.get("id").asString();
                acknowledged.note("snapshot " + snapshot.get("number").asLong() + " " + id);
                api.put("/jobs/kill-loop/tags/" + tag, "{\"snapshot\": \"" + id + "\"}")
                        .expect(201);
                acknowledged.note("tag " + tag + " " + id);
            }
        } catch (IOException killed) {
            return next;
        }
    }

    private static void checkAcknowledged(ApiClient api, AcknowledgedLog acknowledged)
            throws IOException, InterruptedException {
        Map<String, String> numbers = new HashMap<>();
        for (String[] entry : acknowledged.entries()) {
            String path = (entry[0].equals("tag") ? "/jobs/kill-loop/tags/" : "/jobs/kill-loop/snapshots/") + entry[1];
            JsonNode found = api.get(path).expect(200);
            String id = entry[0].equals("tag")
                    ? found.get("snapshot").get("id").asString()
                    : found.get("id").asString();
            assertThat(id).as("%s %s", entry[0], entry[1]).isEqualTo(entry[2]);
            if (entry[0].equals("snapshot")) {
                assertThat(numbers.put(entry[1], entry[2]))
                        .as("number %s was given out twice", entry[1])
                        .isNull();
            }
        }
    }

    /** The operator may fail at just that moment; then once more. */
    private static void stop(ApiClient api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        String state = "";
        while (!state.equals("STOPPED") && System.nanoTime() < deadline) {
            api.post("/jobs/kill-loop/stop", "{\"mode\": \"SNAPSHOT\"}");
            state = api.get("/jobs/kill-loop").expect(200).get("state").asString();
        }
        assertThat(state).isEqualTo("STOPPED");
    }

    private static void awaitRunning(ApiClient api, ServerProcess server) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        String state = "";
        while (System.nanoTime() < deadline) {
            state = api.get("/jobs/kill-loop").expect(200).get("state").asString();
            if (state.equals("RUNNING")) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("the job is " + state + ", not RUNNING:\n" + server.tailOfLog());
    }

    private void checkOutputAndState(ApiClient api, Path data) throws IOException, InterruptedException {
        JsonNode head = api.get("/jobs/kill-loop/snapshots/main").expect(200);
        long[] ends = new long[PARTITIONS];
        for (JsonNode position : head.get("sources")) {
            ends[Integer.parseInt(position.get("split").asString())] =
                    position.get("offset").asLong();
        }
        CommittedOutput output = CommittedOutput.read(data.resolve("files").resolve("out"));
        assertThat(output.duplicates()).as("records committed twice").isEmpty();
        List<String> differences = new ArrayList<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            differences.addAll(output.differencesFrom(partition, ends[partition]));
        }
        assertThat(differences).isEmpty();
        assertThat(output.records()).isPositive();
        checkState(api, ends);
    }

    /** Compares every key's state in the newest version with what the source's formula says. */
    private static void checkState(ApiClient api, long[] ends) throws IOException, InterruptedException {
        Map<Long, long[]> expected = SequenceOracle.countsAndSums(7, KEYS, ends);
        for (Map.Entry<Long, long[]> entry : expected.entrySet()) {
            JsonNode value = api.get("/jobs/kill-loop/snapshots/main/state/sums/aggregates?key=" + entry.getKey())
                    .expect(200)
                    .get("value");
            assertThat(List.of(value.get("records").asLong(), value.get("total").asLong()))
                    .as("state of key %d", entry.getKey())
                    .isEqualTo(List.of(entry.getValue()[0], entry.getValue()[1]));
        }
    }
}
