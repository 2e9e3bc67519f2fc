package io.strandline.event.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.strandline.JobCalls;
import io.strandline.OwnServer;
import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange.DesiredStateSet;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventReadersTests {

    private static final List<String> SETTINGS = List.of(
            "--strandline.events.readers=4", "--strandline.events.heartbeat=50ms", "--strandline.events.stalled=500ms");

    @Test
    void limitsReadersDropsThoseThatNeverReadAndSaysGoodbye(@TempDir Path directory) throws Exception {
        List<EventReader> readers = new ArrayList<>();
        try (OwnServer server = OwnServer.on(directory, SETTINGS)) {
            EventReaders room = server.part(EventReaders.class);
            server.jobs().submit(JobCalls.sums("busy", "filesystem")).statusCode(201);

            for (int i = 0; i < 4; i++) {
                readers.add(EventReader.open(server.address() + "/api/v1/events"));
            }
            given().spec(server.api())
                    .get("/api/v1/events")
                    .then()
                    .statusCode(429)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("too-many-requests"));
            readers.remove(0).close();
            awaitReaders(room, 3);

            try (Socket silent = neverReading(server.port())) {
                awaitReaders(room, 4);
                shout(server);
                readers.get(0).next("desired-state-set");
                awaitReaders(room, 3);
                assertThat(silent.isConnected()).isTrue();
            }
            readers.get(0).awaitComment("");
            room.stop();
            given().spec(server.api())
                    .get("/api/v1/events")
                    .then()
                    .statusCode(503)
                    .header("Retry-After", notNullValue())
                    .body("code", equalTo("unavailable"));
        }
        for (EventReader reader : readers) {
            assertThat(reader.awaitComment("the server stops")).isNotEmpty();
            assertThat(reader.awaitEnd()).isTrue();
        }
    }

    /** A reader with as little room as can be that asks for everything and takes nothing. */
    private static Socket neverReading(int port) throws Exception {
        Socket silent = new Socket();
        silent.setReceiveBufferSize(2_048);
        silent.connect(new InetSocketAddress("127.0.0.1", port));
        String request = "GET /api/v1/events?after=0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
        silent.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return silent;
    }

    /** Many megabytes of events, more than the system's buffers take. */
    private static void shout(OwnServer server) {
        String jobId = server.part(Catalog.class).jobNamed("busy").orElseThrow().id();
        Change wanted = new DesiredStateSet(jobId, Branch.MAIN, Branch.Desired.STOPPED);
        Cause cause = Cause.system("x".repeat(8_000));
        server.part(Ledger.class).record(new OfJob(jobId), cause, Collections.nCopies(2_000, wanted));
    }

    private static void awaitReaders(EventReaders room, int count) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (room.count() != count) {
            assertThat(Instant.now())
                    .as("%d readers are %d", room.count(), count)
                    .isBefore(deadline);
            Thread.onSpinWait();
        }
    }
}
