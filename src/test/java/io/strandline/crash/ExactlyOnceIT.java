package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A finite job that copies, counts in windows and joins, killed at random until it is finished, over every backend,
 * parallelism 1 to 4, with aligned and with unaligned barriers: afterwards each sink shows every row that plain loops make of
 * the sources' formula, once. State in the memory backend does not outlive the process, which is not
 * killed there.
 *
 * <p>{@code -Dstrandline.exactlyOnce=24} takes all variants.
 */
@Tag("nightly")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ExactlyOnceIT {

    private static final int VARIANTS = Integer.getInteger("strandline.exactlyOnce", 2);
    private static final long SEED = Long.getLong("strandline.seed", 20061L);
    private static final int KILLS = 2;
    private static final int RECORDS = 30_000;
    private static final int KEYS = 50;
    private static final int LEFT_SEED = 7;
    private static final int RIGHT_SEED = 9;
    private static final int WINDOW_MILLIS = 1000;
    private static final int LONGEST_SECONDS = 240;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path directory;

    /** One way to run the job. */
    private record Variant(String backend, int parallelism, boolean unaligned) {

        static List<Variant> all() {
            List<Variant> all = new ArrayList<>();
            for (int parallelism = 1; parallelism <= 4; parallelism++) {
                for (String backend : List.of("rocksdb", "filesystem", "memory")) {
                    all.add(new Variant(backend, parallelism, parallelism % 2 == 0));
                    all.add(new Variant(backend, parallelism, parallelism % 2 == 1));
                }
            }
            return all;
        }

        String pipeline() {
            String source = """
                    {"name": "%s", "type": "sequence", "partitions": %d, "count": %d, "keys": %d, "seed": %d, "rate": 6000,
                     "eventTime": {"field": "offset"}}""";
            return """
                    {"name": "variants", "parallelism": %d,
                     "sources": [%s, %s],
                     "operators": [
                       {"name": "totals", "type": "window", "input": "a", "keyBy": ["key"],
                        "window": {"type": "TUMBLING", "size": "PT1S"},
                        "aggregates": {"n": "count()", "total": "sum(value)"}},
                       {"name": "pairs", "type": "join", "left": {"input": "a", "keyBy": ["key"]},
                        "right": {"input": "b", "keyBy": ["key"]}, "lower": "PT-0.003S", "upper": "PT0.005S",
                        "columns": {"p": "left.partition", "t": "left.offset", "u": "right.offset"}}],
                     "sinks": [
                       {"name": "copy", "type": "file", "input": "a", "path": "copy", "format": "json"},
                       {"name": "windows", "type": "file", "input": "totals", "path": "windows", "format": "json"},
                       {"name": "joined", "type": "file", "input": "pairs", "path": "joined", "format": "json"}],
                     "checkpoints": {"interval": "PT0.4S", "unaligned": %s}, "state": {"backend": "%s"},
                     "restart": {"max": "PT0.2S", "maxAttempts": 1000}}
                    """.formatted(
                            parallelism,
                            source.formatted("a", 2, RECORDS / 2, KEYS, LEFT_SEED),
                            source.formatted("b", 1, RECORDS / 2, KEYS, RIGHT_SEED),
                            unaligned,
                            backend);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyRowIsThereOnce() {
        return IntStream.range(0, VARIANTS)
                .mapToObj(i -> Variant.all().get(i % Variant.all().size()))
                .map(variant -> DynamicTest.dynamicTest(variant.toString(), () -> run(variant)));
    }

    private void run(Variant variant) throws Exception {
        Random random = new Random(SEED + variant.hashCode());
        Path own = Files.createTempDirectory(directory, "variant");
        Workload job =
                new Workload("variants", variant.pipeline(), new AcknowledgedLog(own.resolve("acknowledged.log")));
        int kills = variant.backend().equals("memory") ? 0 : KILLS;
        for (int kill = 0; kill <= kills; kill++) {
            try (ServerProcess server = ServerProcess.start(own.resolve("data"), own.resolve("server.log"))) {
                server.awaitReady(http);
                ApiClient api = new ApiClient(http, server::uri);
                if (kill == 0) {
                    job.submit(api);
                }
                job.checkAcknowledged(api);
                if (kill < kills) {
                    TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(1500));
                    job.acknowledge(api);
                } else {
                    job.awaitState(api, server, "FINISHED", LONGEST_SECONDS);
                    job.checkAcknowledged(api);
                }
            }
        }
        check(own.resolve("data").resolve("files"));
        Totals.passed("exactly-once", variant.toString(), Map.of("kills", (long) kills, "records", RECORDS * 3L / 2));
    }

    private static void check(Path files) throws IOException {
        CommittedOutput copy = CommittedOutput.read(files.resolve("copy"));
        assertThat(copy.duplicates()).isEmpty();
        assertThat(copy.differencesFrom(0, RECORDS / 2)).isEmpty();
        assertThat(copy.differencesFrom(1, RECORDS / 2)).isEmpty();
        List<String> windows = new ArrayList<>();
        for (JsonNode row : rows(files.resolve("windows"))) {
            windows.add(SequenceOracle.window(
                    row.get("key").asLong(),
                    row.get("n").asLong(),
                    row.get("total").asLong()));
        }
        assertThat(sorted(windows))
                .isEqualTo(sorted(SequenceOracle.windows(LEFT_SEED, KEYS, 2, RECORDS / 2, WINDOW_MILLIS)));
        List<String> joined = new ArrayList<>();
        for (JsonNode row : rows(files.resolve("joined"))) {
            joined.add(SequenceOracle.pair(
                    row.get("p").asLong(), row.get("t").asLong(), row.get("u").asLong()));
        }
        SequenceOracle.Side left = new SequenceOracle.Side(LEFT_SEED, 2, RECORDS / 2);
        SequenceOracle.Side right = new SequenceOracle.Side(RIGHT_SEED, 1, RECORDS / 2);
        assertThat(sorted(joined)).isEqualTo(sorted(SequenceOracle.pairs(left, right, KEYS, -3, 5)));
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }

    private static List<JsonNode> rows(Path folder) throws IOException {
        List<JsonNode> rows = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(part -> part.getFileName().toString().startsWith("part-"))
                    .toList()) {
                Files.readAllLines(file).forEach(line -> rows.add(JSON.readTree(line)));
            }
        }
        return rows;
    }
}
