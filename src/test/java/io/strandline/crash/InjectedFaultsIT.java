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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The packaged server under {@code strace}, which kills it at the n-th fsync, rename, link or unlink of a thread, or lets that
 * call fail with EIO or ENOSPC, somewhere in a cycle of snapshot, tag, delete, purge and restore. After a kill and a start without
 * the tracer everything acknowledged is there, and output and state are exact.
 *
 * <p>{@code -Dstrandline.injections=50} faults, chosen by {@code -Dstrandline.seed=}; {@code -Dstrandline.backend=} for
 * another backend than rocksdb.
 */
@Tag("nightly")
class InjectedFaultsIT {

    private static final int INJECTIONS = Integer.getInteger("strandline.injections", 3);
    private static final long SEED = Long.getLong("strandline.seed", 20031L);
    private static final String BACKEND = System.getProperty("strandline.backend", "rocksdb");
    private static final List<String> FAULTS = List.of("signal=KILL", "error=EIO", "error=ENOSPC");
    private static final List<String> CALLS = List.of("fsync", "rename", "link", "unlink");
    private static final int MOST_OF_A_THREAD = 12;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @BeforeEach
    void requireTracer() {
        Machine.require("strace");
    }

    @Test
    @Timeout(value = 6, unit = TimeUnit.HOURS)
    void nothingAcknowledgedIsLostWhicheverCallFails() throws Exception {
        long acknowledged = 0;
        long died = 0;
        List<String> chosen = new ArrayList<>();
        for (int i = 0; i < INJECTIONS; i++) {
            String call = CALLS.get(random.nextInt(CALLS.size()));
            String inject =
                    call + ":" + FAULTS.get(i % FAULTS.size()) + ":when=" + (1 + random.nextInt(MOST_OF_A_THREAD));
            chosen.add(inject);
            Path run = Files.createDirectory(directory.resolve("run-" + i));
            Workload job = Workload.sums("faults", BACKEND, "PT0.5S", new AcknowledgedLog(run.resolve("log")));
            begin(run, job);
            died += suffer(run, job, inject) ? 1 : 0;
            recover(run, job, inject);
            acknowledged += job.acknowledged();
        }
        Map<String, Long> counts = Map.of("faults", (long) INJECTIONS, "deaths", died, "acknowledged", acknowledged);
        Totals.passed("injected-faults", "seed " + SEED + " backend " + BACKEND + " " + chosen, counts);
    }

    private void begin(Path run, Workload job) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(run.resolve("data"), run.resolve("server.log"))) {
            ApiClient api = ready(server);
            job.submit(api);
            job.awaitRunning(api, server);
            assertThat(job.acknowledge(api)).isTrue();
        }
    }

    /** One cycle under the tracer, as far as it goes; whether the server died of it. */
    private boolean suffer(Path run, Workload job, String inject) throws IOException, InterruptedException {
        List<String> tracer = List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + inject.split(":")[0],
                "-e",
                "inject=" + inject);
        try (ServerProcess server = ServerProcess.startUnder(tracer, run.resolve("data"), run.resolve("server.log"))) {
            try {
                cycle(job, ready(server));
            } catch (IOException gone) {
                if (server.alive()) {
                    throw gone;
                }
            }
            return !server.alive();
        }
    }

    private static void cycle(Workload job, ApiClient api) throws IOException, InterruptedException {
        for (int i = 0; i < 4; i++) {
            job.acknowledge(api);
        }
        ApiClient.Answer spare = job.post(api, "snapshots", "{}");
        job.acknowledge(api);
        JsonNode version = spare.body().path("result");
        if (version.has("id")) {
            job.purgeOne(api, version.get("number").asLong(), version.get("id").asString());
        }
        ApiClient.Answer restored =
                job.post(api, "restore", "{\"to\": \"k1\", \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}");
        assertThat(restored.body().path("code").asString("")).isNotEqualTo("internal-error");
        for (int i = 0; i < 3; i++) {
            job.acknowledge(api);
        }
    }

    private void recover(Path run, Workload job, String inject) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(run.resolve("data"), run.resolve("server.log"))) {
            ApiClient api = ready(server);
            job.awaitRunning(api, server);
            job.checkAcknowledged(api);
            job.stop(api);
            job.checkOutputAndState(api, run.resolve("data"));
        } catch (AssertionError | IOException broken) {
            throw new AssertionError("after " + inject + ": " + broken.getMessage(), broken);
        }
    }

    private ApiClient ready(ServerProcess server) throws IOException, InterruptedException {
        server.awaitReady(http);
        return new ApiClient(http, server::uri);
    }
}
