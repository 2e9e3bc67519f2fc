package io.strandline.security;

import static io.strandline.security.Callers.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.JobCalls;
import io.strandline.security.Calls.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** What belongs to one caller: its keys for repetitions, the operations it began, the streams it opened. */
@ExtendWith(SecuredServer.Shared.class)
class CallersApartTests {

    private final HttpClient client = HttpClient.newHttpClient();
    private final SecuredServer server;
    private final Calls calls;
    private final Callers callers;
    private final String admin;

    CallersApartTests(SecuredServer server) {
        this.server = server;
        this.calls = server.calls();
        this.callers = server.callers();
        this.admin = server.admin();
    }

    @Test
    void neverMeetInAnIdempotencyKey() throws Exception {
        String ann = callers.key("OPERATOR");
        String bob = callers.key("OPERATOR");

        Answer hers = calls.post("/api/v1/jobs", ann, JobCalls.sums("hers", "memory"), "Idempotency-Key", "1");
        Answer his = calls.post("/api/v1/jobs", bob, JobCalls.sums("his", "memory"), "Idempotency-Key", "1");
        Answer same = calls.post("/api/v1/jobs", bob, JobCalls.sums("hers", "memory"), "Idempotency-Key", "2");
        Answer again = calls.post("/api/v1/jobs", ann, JobCalls.sums("hers", "memory"), "Idempotency-Key", "1");
        Answer other = calls.post("/api/v1/jobs", ann, JobCalls.sums("more", "memory"), "Idempotency-Key", "1");

        assertThat(hers.status()).isEqualTo(201);
        assertThat(his.status()).as(his.text()).isEqualTo(201);
        assertThat(same.code()).isEqualTo("job-exists");
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void pushTheirOwnRecordsUnderTheSameKey() throws Exception {
        calls.post("/api/v1/jobs", admin, """
                {"name": "pushed",
                 "sources": [{"name": "events", "type": "http", "schema": {"user": "string", "n": "long"}}],
                 "operators": [{"name": "by-user", "type": "aggregate", "input": "events", "keyBy": ["user"],
                                "aggregates": {"total": "sum(n)"}, "emit": "NONE"}],
                 "sinks": [], "state": {"backend": "memory"}}""");
        String path = "/api/v1/jobs/pushed/sources/events/records";
        String records = "[{\"user\": \"a\", \"n\": 1}]";
        String ann = callers.key("OPERATOR");

        Answer hers = calls.post(path, ann, records, "Idempotency-Key", "batch");
        Answer his = calls.post(path, callers.key("OPERATOR"), records, "Idempotency-Key", "batch");
        Answer again = calls.post(path, ann, records, "Idempotency-Key", "batch");

        assertThat(hers.status()).as(hers.text()).isEqualTo(202);
        assertThat(his.header("idempotency-replayed")).as(his.text()).isEmpty();
        assertThat(his.status()).isEqualTo(202);
        assertThat(again.header("idempotency-replayed")).isEqualTo("true");
    }

    @Test
    void followAnImportThatMakesTheJobItIsFor() throws Exception {
        callers.submit("origin");
        calls.post("/api/v1/jobs/origin/start", admin, "{}", "Prefer", "wait=30");
        calls.post("/api/v1/jobs/origin/snapshots", admin, "{}", "Prefer", "wait=30");
        calls.post("/api/v1/jobs/origin/stop", admin, "{\"mode\": \"CANCEL\"}", "Prefer", "wait=30");
        byte[] archive = client.send(
                        request("/api/v1/jobs/origin/snapshots/1/export", admin).build(), BodyHandlers.ofByteArray())
                .body();
        String maker = callers.key("ADMIN", "\"landed-*\"");
        HttpResponse<String> taken = client.send(
                request("/api/v1/jobs/landed-here/snapshots/import?create=true", maker)
                        .header("Content-Type", "application/x-tar")
                        .POST(BodyPublishers.ofByteArray(archive))
                        .build(),
                BodyHandlers.ofString());
        String operation = taken.headers().firstValue("Location").orElseThrow(() -> new AssertionError(taken.body()));

        Answer seen = calls.call("GET", operation, maker, "", "Prefer", "wait=30");

        assertThat(seen.json().path("state").asString()).as(seen.text()).isEqualTo("SUCCEEDED");
        assertThat(calls.get(operation, callers.key("VIEWER", "\"landed-here\""))
                        .status())
                .isEqualTo(200);
        assertThat(calls.get(operation, callers.key("ADMIN", "\"origin\"")).code())
                .isEqualTo("forbidden");
        assertThat(calls.get("/api/v1/jobs/landed-here/snapshots/latest", maker).status())
                .isEqualTo(200);
    }

    @Test
    void loseAStreamOfEventsWithTheKeyThatOpenedIt() throws Exception {
        callers.submit("told");
        String kept = callers.key("VIEWER");
        String revoked = callers.key("VIEWER", "\"told\"");
        String rotated = callers.key("VIEWER", "\"told\"");
        JsonNode made = calls.post(
                        "/api/v1/api-keys",
                        admin,
                        "{\"name\": \"short\", \"role\": \"VIEWER\", \"expiresAt\": \"%s\"}"
                                .formatted(Instant.now().plusMillis(2_500)))
                .json();
        CompletableFuture<HttpResponse<String>> expiring =
                stream("/api/v1/events", "Bearer " + made.path("key").asString());
        CompletableFuture<HttpResponse<String>> revoking = stream("/api/v1/jobs/told/events", revoked);
        CompletableFuture<HttpResponse<String>> rotating = stream("/api/v1/jobs/told/events", rotated);
        CompletableFuture<HttpResponse<String>> staying = stream("/api/v1/events", kept);

        calls.call("DELETE", "/api/v1/api-keys/" + id(revoked), admin, "");
        calls.post("/api/v1/api-keys/" + id(rotated) + "/rotate", admin, "");

        String last = ": the key or token does not count any more";
        assertThat(revoking.get(30, TimeUnit.SECONDS).body()).contains(last);
        assertThat(rotating.get(30, TimeUnit.SECONDS).body()).contains(last);
        assertThat(expiring.get(30, TimeUnit.SECONDS).body()).contains(last);
        assertThat(staying).isNotDone();
        calls.call("DELETE", "/api/v1/api-keys/" + id(kept), admin, "");
        assertThat(staying.get(30, TimeUnit.SECONDS).body())
                .contains("event: key-revoked", last)
                .doesNotEndWith("\n\n\n");
    }

    /** A stream from its beginning to its end; open on return. */
    private CompletableFuture<HttpResponse<String>> stream(String path, String authorization)
            throws IOException, InterruptedException {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        CompletableFuture<HttpResponse<String>> whole =
                client.sendAsync(request(path, authorization).build(), answer -> {
                    status.complete(answer.statusCode());
                    return BodyHandlers.ofString().apply(answer);
                });
        assertThat(status.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo(200);
        return whole;
    }

    private HttpRequest.Builder request(String path, String authorization) {
        return HttpRequest.newBuilder(URI.create(server.address() + path)).header("Authorization", authorization);
    }
}
