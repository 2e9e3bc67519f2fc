package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A job over the sequence source whose every record can be accounted for, and a driver who asks for versions and tags,
 * writes down what is acknowledged, and later wants all of it back.
 */
final class Workload {

    static final int PARTITIONS = 4;
    static final int KEYS = 500;
    private static final int SEED = 7;
    private static final int PATIENCE_SECONDS = 60;

    private final String job;
    private final String pipeline;
    private final AcknowledgedLog acknowledged;
    private int tags;

    Workload(String name, String pipeline, AcknowledgedLog acknowledged) {
        this.job = "/jobs/" + name;
        this.pipeline = pipeline;
        this.acknowledged = acknowledged;
    }

    /**
     * Numbers, copied to files and summed by key; the sums are state only.
     *
     * @param interval of checkpoints, {@code NONE} for only those that are asked for
     */
    static Workload sums(String name, String backend, String interval, AcknowledgedLog acknowledged) {
        return new Workload(name, """
                {"name": "%s", "parallelism": 2,
                 "sources": [%s],
                 "operators": [%s],
                 "sinks": [{"name": "out", "type": "file", "input": "numbers", "path": "out", "format": "json"}],
                 "checkpoints": {"interval": "%s"}, "state": {"backend": "%s"},
                 "restart": {"max": "PT0.2S", "maxAttempts": 1000}}
                """.formatted(name, numbers(), sums("numbers"), interval, backend), acknowledged);
    }

    static String numbers() {
        return """
                {"name": "numbers", "type": "sequence", "partitions": %d, "keys": %d, "seed": %d, "rate": 20000}""".formatted(PARTITIONS, KEYS, SEED);
    }

    static String sums(String input) {
        return """
                {"name": "sums", "type": "aggregate", "input": "%s", "keyBy": ["key"],
                 "aggregates": {"records": "count()", "total": "sum(value)"}, "emit": "NONE"}""".formatted(input);
    }

    void submit(ApiClient api) throws IOException, InterruptedException {
        api.post("/jobs?start=true", pipeline).expect(201);
    }

    /** Takes a snapshot, tags it, and notes each answer before anything else is asked; false when there was none. */
    boolean acknowledge(ApiClient api) throws IOException, InterruptedException {
        JsonNode snapshot = api.post(job + "/snapshots", "{\"labels\": {\"by\": \"driver\"}}")
                .body()
                .path("result");
        if (!snapshot.has("id")) {
            return false;
        }
        String id = snapshot.get("id").asString();
        acknowledged.note("snapshot " + snapshot.get("number").asLong() + " " + id);
        String tag = "k" + tags++;
        if (api.put(job + "/tags/" + tag, "{\"snapshot\": \"" + id + "\"}").status() == 201) {
            acknowledged.note("tag " + tag + " " + id);
        }
        return true;
    }

    /** Does so until it is answered once, so that there is something to lose. */
    void acknowledgeOnce(ApiClient api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!acknowledge(api)) {
            assertThat(System.nanoTime()).as("a snapshot is made").isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Does so until the server is gone. */
    void acknowledgeUntilItIsGone(ApiClient api) throws InterruptedException {
        try {
            while (true) {
                if (!acknowledge(api)) {
                    TimeUnit.MILLISECONDS.sleep(20);
                }
            }
        } catch (IOException gone) {
            System.getLogger(Workload.class.getName()).log(System.Logger.Level.DEBUG, "the server is gone", gone);
        }
    }

    /** Lets a version go, files and all, and returns what its deletion was answered with. */
    ApiClient.Answer purgeOne(ApiClient api, long number, String id) throws IOException, InterruptedException {
        acknowledged.note("leaving " + number + " " + id);
        ApiClient.Answer trashed = api.delete(job + "/snapshots/" + number + "?reason=old");
        if (trashed.status() == 200) {
            acknowledged.note("trashed " + number + " " + id);
            api.post("/trash/purge", "{\"skipQuarantine\": true, \"reason\": \"test\"}");
        }
        return trashed;
    }

    JsonNode get(ApiClient api, String path) throws IOException, InterruptedException {
        return api.get(job + path).expect(200);
    }

    ApiClient.Answer post(ApiClient api, String verb, String body) throws IOException, InterruptedException {
        return api.post(job + "/" + verb, body);
    }

    /** Whatever was acknowledged is there, under the number and name it had; no number was given out twice. */
    void checkAcknowledged(ApiClient api) throws IOException, InterruptedException {
        Map<String, String> numbers = new HashMap<>();
        Set<String> leaving = new HashSet<>();
        for (String[] entry : acknowledged.entries()) {
            if (entry[0].equals("leaving")) {
                leaving.add(entry[1]);
            }
        }
        for (String[] entry : acknowledged.entries()) {
            if (entry[0].equals("trashed")) {
                JsonNode state = api.get(job + "/snapshots/" + entry[1]).body().path("state");
                assertThat(state.asString(""))
                        .as("version %s was deleted", entry[1])
                        .isNotEqualTo("COMPLETED");
            } else if (entry[0].equals("tag") || entry[0].equals("snapshot") && !leaving.contains(entry[1])) {
                check(api, entry);
            }
            if (entry[0].equals("snapshot")) {
                assertThat(numbers.put(entry[1], entry[2]))
                        .as("number %s was given out twice", entry[1])
                        .isNull();
            }
        }
    }

    private void check(ApiClient api, String[] entry) throws IOException, InterruptedException {
        boolean tag = entry[0].equals("tag");
        JsonNode found = get(api, (tag ? "/tags/" : "/snapshots/") + entry[1]);
        JsonNode version = tag ? found.get("snapshot") : found;
        assertThat(version.get("id").asString()).as("%s %s", entry[0], entry[1]).isEqualTo(entry[2]);
        if (!tag) {
            assertThat(found.get("condition").asString())
                    .as("version %s", entry[1])
                    .isEqualTo("OK");
        }
    }

    void awaitRunning(ApiClient api, ServerProcess server) throws IOException, InterruptedException {
        awaitState(api, server, "RUNNING", PATIENCE_SECONDS);
    }

    void awaitState(ApiClient api, ServerProcess server, String wanted, int seconds)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        String state = "";
        while (System.nanoTime() < deadline) {
            state = get(api, "").get("state").asString();
            if (state.equals(wanted)) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("the job is " + state + ", not " + wanted + ":\n" + server.tailOfLog());
    }

    /** Stops with a snapshot. An operator may fail at just that moment; then once more. */
    void stop(ApiClient api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
        String state = "";
        while (!state.equals("STOPPED") && System.nanoTime() < deadline) {
            post(api, "stop", "{\"mode\": \"SNAPSHOT\"}");
            state = get(api, "").get("state").asString();
        }
        assertThat(state).isEqualTo("STOPPED");
    }

    /** Every record up to the head's offsets is in the output once, none beyond, and state is the closed form of them. */
    long checkOutputAndState(ApiClient api, Path data) throws IOException, InterruptedException {
        JsonNode head = get(api, "/snapshots/main");
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
        return output.records();
    }

    /** Compares every key's state in the newest version with what the source's formula says. */
    private void checkState(ApiClient api, long[] ends) throws IOException, InterruptedException {
        Map<Long, long[]> expected = SequenceOracle.countsAndSums(SEED, KEYS, ends);
        for (Map.Entry<Long, long[]> entry : expected.entrySet()) {
            JsonNode value = get(api, "/snapshots/main/state/sums/aggregates?key=" + entry.getKey())
                    .get("value");
            assertThat(List.of(value.get("records").asLong(), value.get("total").asLong()))
                    .as("state of key %d", entry.getKey())
                    .isEqualTo(List.of(entry.getValue()[0], entry.getValue()[1]));
        }
    }

    /** How much was acknowledged. */
    long acknowledged() throws IOException {
        return acknowledged.entries().size();
    }
}
