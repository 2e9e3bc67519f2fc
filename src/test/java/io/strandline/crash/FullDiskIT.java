package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.crash.Machine.Mount;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A data directory on a small tmpfs that something else fills up and empties again: reads and deletes go on, and snapshots
 * are made again without anybody's help. {@code -Dstrandline.fullDisks=10} times.
 */
@Tag("nightly")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class FullDiskIT {

    private static final int TIMES = Integer.getInteger("strandline.fullDisks", 2);
    private static final long DISK_BYTES = 192L << 20;
    private static final int PATIENCE_SECONDS = 90;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path directory;

    @Test
    void readsAndDeletesGoOnAndSnapshotsComeBackByThemselves() throws Exception {
        Machine.requireRoot();
        Workload job = Workload.sums(
                "full", "filesystem", "PT0.5S", new AcknowledgedLog(directory.resolve("acknowledged.log")));
        Path disk = Files.createDirectory(directory.resolve("disk"));
        try (Mount mount = Mount.tmpfs(disk, DISK_BYTES)) {
            Path data = mount.at().resolve("data");
            Path ballast = mount.at().resolve("ballast");
            try (ServerProcess server =
                    ServerProcess.start(data, directory.resolve("server.log"), "--strandline.health.least-free=1MB")) {
                server.awaitReady(http);
                ApiClient api = new ApiClient(http, server::uri);
                job.submit(api);
                job.awaitRunning(api, server);
                for (int time = 0; time < TIMES; time++) {
                    assertThat(job.acknowledge(api)).isTrue();
                    fill(ballast);
                    awaitRefusal(job, api);
                    job.checkAcknowledged(api);
                    Files.delete(ballast);
                    awaitSnapshot(job, api, server);
                }
                job.awaitRunning(api, server);
                job.checkAcknowledged(api);
                job.stop(api);
                job.checkOutputAndState(api, data);
            }
        }
        Totals.passed("full-disk", "tmpfs", Map.of("times", (long) TIMES, "acknowledged", job.acknowledged()));
    }

    /** Until nothing fits any more; the job's own output fills what is left. */
    private static void fill(Path ballast) throws IOException {
        byte[] block = new byte[1 << 16];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    private static void awaitRefusal(Workload job, ApiClient api) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        ApiClient.Answer answer;
        do {
            answer = job.post(api, "snapshots", "{}");
            if (System.nanoTime() > deadline) {
                throw new AssertionError("a full disk is not told: " + answer);
            }
        } while (!answer.body().toString().contains("storage-full"));
        assertThat(job.get(api, "").get("state").asString()).isIn("RUNNING", "RESTARTING");
    }

    private static void awaitSnapshot(Workload job, ApiClient api, ServerProcess server) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!job.acknowledge(api)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no snapshot though there is room again:\n" + server.tailOfLog());
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }
}
