package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * SIGTERM while versions are made, and SIGSTOP for a while.
 *
 * <p>{@code -Dstrandline.terminations=50} SIGTERMs, {@code -Dstrandline.stoppedSeconds=60} of standing still.
 */
@Tag("nightly")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class SignalsIT {

    private static final int TERMINATIONS = Integer.getInteger("strandline.terminations", 2);
    private static final int STOPPED_SECONDS = Integer.getInteger("strandline.stoppedSeconds", 10);
    private static final long SEED = Long.getLong("strandline.seed", 20041L);
    private static final Duration LONGEST_END = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @Test
    void endsCleanlyWithinHalfAMinuteOfSigtermWhateverIsUnderWay() throws Exception {
        Workload job = job("terminated");
        for (int i = 0; i < TERMINATIONS; i++) {
            try (ServerProcess server = start()) {
                ApiClient api = ready(server);
                if (i == 0) {
                    job.submit(api);
                }
                job.awaitRunning(api, server);
                job.checkAcknowledged(api);
                job.acknowledgeOnce(api);
                Thread driver = new Thread(() -> drive(job, api), "driver");
                driver.start();
                TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(1500));
                long asked = System.nanoTime();
                assertThat(server.terminate()).as("exit code").isZero();
                assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(LONGEST_END);
                driver.join();
            }
        }
        long records = checkEverything(job);
        Map<String, Long> counts =
                Map.of("terminations", (long) TERMINATIONS, "acknowledged", job.acknowledged(), "records", records);
        Totals.passed("sigterm", "seed " + SEED, counts);
    }

    @Test
    void goesOnWithTheSameInstanceAfterStandingStill() throws Exception {
        Workload job = job("stopped");
        try (ServerProcess server = start()) {
            ApiClient api = ready(server);
            job.submit(api);
            job.awaitRunning(api, server);
            assertThat(job.acknowledge(api)).isTrue();
            JsonNode before = job.get(api, "").get("instance");
            server.signal("STOP");
            TimeUnit.SECONDS.sleep(STOPPED_SECONDS);
            server.signal("CONT");
            assertThat(job.acknowledge(api)).isTrue();
            assertThat(job.get(api, "").get("instance").get("id"))
                    .as("nothing was restarted")
                    .isEqualTo(before.get("id"));
        }
        checkEverything(job);
        Totals.passed("sigstop", "once", Map.of("seconds", (long) STOPPED_SECONDS));
    }

    private static void drive(Workload job, ApiClient api) {
        try {
            job.acknowledgeUntilItIsGone(api);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private long checkEverything(Workload job) throws IOException, InterruptedException {
        try (ServerProcess server = start()) {
            ApiClient api = ready(server);
            job.awaitRunning(api, server);
            job.checkAcknowledged(api);
            job.stop(api);
            return job.checkOutputAndState(api, directory.resolve("data"));
        }
    }

    private Workload job(String name) {
        return Workload.sums(name, "rocksdb", "PT0.3S", new AcknowledgedLog(directory.resolve("acknowledged.log")));
    }

    private ServerProcess start() throws IOException {
        return ServerProcess.start(directory.resolve("data"), directory.resolve("server.log"));
    }

    private ApiClient ready(ServerProcess server) throws IOException, InterruptedException {
        server.awaitReady(http);
        return new ApiClient(http, server::uri);
    }
}
