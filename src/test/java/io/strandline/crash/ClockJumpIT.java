package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The wall clock jumps a year ahead and back a day under the packaged server, by {@code libfaketime}.
 *
 * <p>Without {@code FAKETIME_FORCE_MONOTONIC_FIX=0} that library lets every timed wait on the monotonic clock return at once, and
 * the server's threads spin instead of waiting.
 */
@Tag("nightly")
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class ClockJumpIT {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path directory;

    @Test
    void snapshotsGoOnAndNothingExpires() throws Exception {
        Path library = library();
        Path offset = directory.resolve("offset");
        Files.writeString(offset, "+0\n");
        List<String> tracer = List.of(
                "env",
                "LD_PRELOAD=" + library,
                "FAKETIME_TIMESTAMP_FILE=" + offset,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                "FAKETIME_FORCE_MONOTONIC_FIX=0");
        Workload job = Workload.sums(
                "jumps", "filesystem", "PT0.5S", new AcknowledgedLog(directory.resolve("acknowledged.log")));
        try (ServerProcess server =
                ServerProcess.startUnder(tracer, directory.resolve("data"), directory.resolve("server.log"))) {
            server.awaitReady(http);
            ApiClient api = new ApiClient(http, server::uri);
            job.submit(api);
            job.awaitRunning(api, server);
            assertThat(job.acknowledge(api)).isTrue();
            JsonNode instance = job.get(api, "").get("instance").get("id");
            for (String jump : List.of("+365d", "-1d", "+0")) {
                Files.writeString(offset, jump + "\n");
                TimeUnit.SECONDS.sleep(3);
                assertThat(job.acknowledge(api)).as("a snapshot after " + jump).isTrue();
                job.checkAcknowledged(api);
            }
            assertThat(job.get(api, "").get("instance").get("id"))
                    .as("nothing was restarted")
                    .isEqualTo(instance);
            job.stop(api);
            job.checkOutputAndState(api, directory.resolve("data"));
        }
        Totals.passed("clock-jumps", "once", Map.of("jumps", 3L, "acknowledged", job.acknowledged()));
    }

    private static Path library() throws IOException {
        Path root = Path.of("/usr/lib");
        try (Stream<Path> files = Files.find(
                root, 4, (file, about) -> file.getFileName().toString().equals("libfaketimeMT.so.1"))) {
            List<Path> found = files.toList();
            assumeTrue(!found.isEmpty(), "skipped: there is no libfaketimeMT on this machine");
            return found.get(0);
        }
    }
}
