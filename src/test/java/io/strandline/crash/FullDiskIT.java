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
import tools.jackson.databind.JsonNode;

/**
 * A data directory on a small tmpfs that something else fills up and empties again: reads and deletes go on, and snapshots
 * are made again without anybody's help; {@code -Dstrandline.fullDisks=10} times. Then the server is killed on a full disk, and
 * everything acknowledged is there when it is started on one with room.
 */
@Tag("nightly")
@Timeout(value = 2, unit = TimeUnit.HOURS)
class FullDiskIT {

    private static final int TIMES = Integer.getInteger("strandline.fullDisks", 2);
    private static final long DISK_BYTES = 192L << 20;
    private static final int PATIENCE_SECONDS = 90;

    /** Long enough for the catalog to write, which it does twice a second, and for its memory to be looked through. */
    private static final int READING_SECONDS = 5;

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
            try (ServerProcess server = start(data)) {
                ApiClient api = ready(server);
                job.submit(api);
                job.awaitRunning(api, server);
                for (int time = 0; time < TIMES; time++) {
                    fillAndEmpty(job, api, ballast);
                    awaitSnapshot(job, api, server);
                }
                fill(ballast);
                awaitRefusal(job, api);
                server.kill9();
            }
            Files.delete(ballast);
            try (ServerProcess server = start(data)) {
                ApiClient api = ready(server);
                job.awaitRunning(api, server);
                job.checkAcknowledged(api);
                job.stop(api);
                job.checkOutputAndState(api, data);
            }
        }
        Totals.passed("full-disk", "tmpfs", Map.of("times", (long) TIMES, "acknowledged", job.acknowledged()));
    }

    /** Reads and deletes while nothing fits, from before the first refusal on. */
    private static void fillAndEmpty(Workload job, ApiClient api, Path ballast) throws Exception {
        JsonNode spare = job.post(api, "snapshots", "{}").expect(200).get("result");
        assertThat(job.acknowledge(api)).isTrue();
        fill(ballast);
        awaitRefusal(job, api);
        readOnAndOn(job, api);
        job.purgeOne(api, spare.get("number").asLong(), spare.get("id").asString())
                .expect(200);
        readOnAndOn(job, api);
        Files.delete(ballast);
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

    /** A version is made, or refused for want of room, and for nothing else. */
    private static void awaitRefusal(Workload job, ApiClient api) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        ApiClient.Answer answer;
        do {
            answer = job.post(api, "snapshots", "{}");
            assertThat(answer.status() == 200 || answer.body().toString().contains("storage-full"))
                    .as("made, or storage-full: %s", answer)
                    .isTrue();
            assertThat(System.nanoTime()).as("a full disk is told").isLessThan(deadline);
        } while (answer.status() == 200);
        assertThat(answer.status()).isEqualTo(507);
        assertThat(job.get(api, "").get("state").asString()).isIn("RUNNING", "RESTARTING");
    }

    private static void readOnAndOn(Workload job, ApiClient api) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(READING_SECONDS);
        while (System.nanoTime() < end) {
            job.checkAcknowledged(api);
            job.get(api, "/snapshots");
            job.get(api, "/snapshots/main/state/sums/aggregates?key=1");
        }
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

    private ServerProcess start(Path data) throws IOException {
        return ServerProcess.start(data, directory.resolve("server.log"), "--strandline.health.least-free=1MB");
    }

    private ApiClient ready(ServerProcess server) throws IOException, InterruptedException {
        server.awaitReady(http);
        return new ApiClient(http, server::uri);
    }
}
