package io.strandline.crash;

import io.strandline.runner.plugin.JarOfClasses;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments, again and again, while a job runs over the transactional file sink, one of whose operators fails
 * every other second: afterwards every record is in the committed output exactly once, state equals the closed form, and nothing
 * the server acknowledged is missing.
 *
 * <p>{@code -Dstrandline.kills=50 -Dstrandline.seed=7} for a longer or another run; {@code -Dstrandline.backend=} for
 * another backend; {@code -Dstrandline.rowsPerFailure=} for how many rows an operator's subtask takes on average before it
 * fails; {@code -Dstrandline.totals=} for a file that adds runs up.
 */
class KillLoopIT {

    private static final int KILLS = Integer.getInteger("strandline.kills", 4);
    private static final long SEED = Long.getLong("strandline.seed", 20011L);
    private static final String BACKEND = System.getProperty("strandline.backend", "rocksdb");
    private static final int ROWS_PER_FAILURE = Integer.getInteger("strandline.rowsPerFailure", 40_000);

    private static final String PIPELINE =
            """
            {"name": "kill-loop", "parallelism": 2,
             "sources": [%s],
             "operators": [{"name": "fragile", "type": "process", "input": "numbers",
                            "class": "io.strandline.crash.Fragile", "config": {"oneIn": %d}}, %s],
             "sinks": [{"name": "out", "type": "file", "input": "fragile", "path": "out", "format": "json"}],
             "checkpoints": {"interval": "PT0.5S"}, "state": {"backend": "%s"},
             "restart": {"max": "PT0.2S", "maxAttempts": 1000}}
            """.formatted(Workload.numbers(), ROWS_PER_FAILURE, Workload.sums("fragile"), BACKEND);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void everyRecordIsCommittedExactlyOnceAndNothingAcknowledgedIsLostWhenTheServerIsKilledAgainAndAgain()
            throws Exception {
        Path data = directory.resolve("data");
        Path log = directory.resolve("server.log");
        Workload job = new Workload("kill-loop", PIPELINE, new AcknowledgedLog(directory.resolve("acknowledged.log")));
        String plugins = "--strandline.plugins.dir="
                + JarOfClasses.in(directory.resolve("plugins"), "fragile.jar", Fragile.class)
                        .getParent();
        for (int kill = 0; kill < KILLS; kill++) {
            try (ServerProcess server = ServerProcess.start(data, log, plugins)) {
                ApiClient api = ready(server);
                if (kill == 0) {
                    job.submit(api);
                }
                job.awaitRunning(api, server);
                job.checkAcknowledged(api);
                job.acknowledgeOnce(api);
                Thread killer = killAfter(server, 300 + random.nextInt(2500));
                job.acknowledgeUntilItIsGone(api);
                killer.join();
            }
        }
        long records;
        try (ServerProcess server = ServerProcess.start(data, log, plugins)) {
            ApiClient api = ready(server);
            job.awaitRunning(api, server);
            job.checkAcknowledged(api);
            job.stop(api);
            records = job.checkOutputAndState(api, data);
        }
        Map<String, Long> counts =
                Map.of("kills", (long) KILLS, "acknowledged", job.acknowledged(), "records", records);
        Totals.passed("kill-loop", "seed " + SEED + " backend " + BACKEND, counts);
    }

    private ApiClient ready(ServerProcess server) throws IOException, InterruptedException {
        server.awaitReady(http);
        return new ApiClient(http, server::uri);
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
}
