package io.strandline.crash;

import io.strandline.crash.Machine.Mount;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data directory on an ext4 of its own whose power is cut at random moments, by the ioctl that shuts a mounted file
 * system down without writing its log: what was not fsynced is gone. {@code -Dstrandline.powerCuts=100} times.
 */
@Tag("nightly")
@Timeout(value = 6, unit = TimeUnit.HOURS)
class PowerCutIT {

    private static final int CUTS = Integer.getInteger("strandline.powerCuts", 2);
    private static final long SEED = Long.getLong("strandline.seed", 20051L);
    private static final String BACKEND = System.getProperty("strandline.backend", "rocksdb");
    private static final String SHUT_DOWN = """
            import fcntl, os, struct, sys
            fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587d, struct.pack('I', 2))""";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final Random random = new Random(SEED);

    @TempDir
    Path directory;

    @Test
    void nothingAcknowledgedIsLostWhenThePowerIsCutAgainAndAgain() throws Exception {
        Machine.require("mkfs.ext4", "losetup", "python3");
        Machine.requireRoot();
        Workload job =
                Workload.sums("cut", BACKEND, "PT0.5S", new AcknowledgedLog(directory.resolve("acknowledged.log")));
        Path image = directory.resolve("disk.img");
        Machine.run(List.of("truncate", "-s", "2G", image.toString()));
        Machine.run(List.of("mkfs.ext4", "-q", image.toString()));
        Path disk = Files.createDirectory(directory.resolve("disk"));
        for (int cut = 0; cut < CUTS; cut++) {
            try (Mount mount = Mount.image(image, disk)) {
                try (ServerProcess server = start(mount)) {
                    ApiClient api = ready(server);
                    if (cut == 0) {
                        job.submit(api);
                    }
                    job.awaitRunning(api, server);
                    job.checkAcknowledged(api);
                    job.acknowledgeOnce(api);
                    CompletableFuture<Void> hand = cutAfter(mount, server, 300 + random.nextInt(2500));
                    job.acknowledgeUntilItIsGone(api);
                    hand.get();
                }
            }
        }
        long records;
        try (Mount mount = Mount.image(image, disk)) {
            try (ServerProcess server = start(mount)) {
                ApiClient api = ready(server);
                job.awaitRunning(api, server);
                job.checkAcknowledged(api);
                job.stop(api);
                records = job.checkOutputAndState(api, mount.at().resolve("data"));
            }
        }
        Map<String, Long> counts = Map.of("cuts", (long) CUTS, "acknowledged", job.acknowledged(), "records", records);
        Totals.passed("power-cut", "seed " + SEED + " backend " + BACKEND, counts);
    }

    /** The disk first, so that nothing that the process still does reaches it; the process also where that failed. */
    private static CompletableFuture<Void> cutAfter(Mount mount, ServerProcess server, int millis) {
        Executor later = CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS);
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        Machine.run(
                                List.of("python3", "-c", SHUT_DOWN, mount.at().toString()));
                    } catch (InterruptedException | IOException e) {
                        throw new CompletionException("the power could not be cut", e);
                    } finally {
                        kill(server);
                    }
                },
                later);
    }

    private static void kill(ServerProcess server) {
        try {
            server.kill9();
        } catch (InterruptedException e) {
            throw new CompletionException(e);
        }
    }

    private ServerProcess start(Mount mount) throws IOException {
        return ServerProcess.start(mount.at().resolve("data"), directory.resolve("server.log"));
    }

    private ApiClient ready(ServerProcess server) throws IOException, InterruptedException {
        server.awaitReady(http);
        return new ApiClient(http, server::uri);
    }
}
