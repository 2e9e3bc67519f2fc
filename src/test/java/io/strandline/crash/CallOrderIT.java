package io.strandline.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Watches the packaged server by {@code strace} while it makes, restores and lets go of versions, and checks what comes first. */
class CallOrderIT {

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @TempDir
    Path directory;

    @Test
    void everythingIsDurableBeforeWhatDependsOnIt() throws Exception {
        Machine.require("strace");
        Path trace = directory.resolve("trace");
        Workload job = Workload.sums(
                "order", "filesystem", "NONE", new AcknowledgedLog(directory.resolve("acknowledged.log")));
        Instant[] times = new Instant[5];
        long purged;
        try (ServerProcess server =
                ServerProcess.startUnder(tracer(trace), directory.resolve("data"), directory.resolve("server.log"))) {
            server.awaitReady(http);
            ApiClient api = new ApiClient(http, server::uri);
            job.submit(api);
            job.awaitRunning(api, server);
            assertThat(job.acknowledge(api)).isTrue();
            times[0] = Instant.now();
            job.post(api, "snapshots", "{}").expect(200);
            times[1] = Instant.now();
            job.post(api, "restore", "{\"to\": 1, \"mode\": \"ROLLBACK\", \"safetySnapshot\": false}")
                    .expect(200);
            job.awaitRunning(api, server);
            times[2] = Instant.now();
            JsonNode leaving = job.post(api, "snapshots", "{}").expect(200).get("result");
            job.post(api, "snapshots", "{}").expect(200);
            purged = leaving.get("number").asLong();
            times[3] = Instant.now();
            job.purgeOne(api, purged, leaving.get("id").asString());
            times[4] = Instant.now();
        }
        List<SystemCall> calls = SystemCall.parse(Files.readAllLines(trace));

        assertThat(between(calls, times[0], times[1]).ofCheckpoint(2)).isEmpty();
        assertThat(between(calls, times[1], times[2]).ofRestore()).isEmpty();
        assertThat(between(calls, times[3], times[4]).ofExpiry(purged)).isEmpty();
    }

    /** What writes down the calls that make something durable, or let it go. */
    private static List<String> tracer(Path trace) {
        return List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-ttt",
                "-y",
                "-o",
                trace.toString(),
                "-e",
                "trace="
                        + String.join(
                                ",",
                                "fsync",
                                "fdatasync",
                                "rename",
                                "renameat2",
                                "link",
                                "linkat",
                                "unlink",
                                "unlinkat"));
    }

    private static CallOrder between(List<SystemCall> calls, Instant from, Instant until) {
        double begin = from.toEpochMilli() / 1000.0;
        double end = until.toEpochMilli() / 1000.0;
        return new CallOrder(calls.stream()
                .filter(call -> call.at() >= begin && call.at() <= end)
                .toList());
    }
}
