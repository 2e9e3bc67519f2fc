package io.strandline.security;

import static io.strandline.security.Callers.id;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import io.strandline.JobCalls;
import io.strandline.security.Calls.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Secrets of settings and callers are in no answer, log line, metric, audit entry, journal, manifest or other file. */
@ExtendWith(SecuredServer.Shared.class)
class SecretsTests {

    private final SecuredServer server;
    private final Calls calls;
    private final String admin;

    SecretsTests(SecuredServer server) {
        this.server = server;
        this.calls = server.calls();
        this.admin = server.admin();
    }

    @Test
    void tellsASecretOnceAndWritesItNowhere() throws Exception {
        String body = "{\"name\": \"once\", \"role\": \"VIEWER\"}";
        Answer first = calls.post("/api/v1/api-keys", admin, body, "Idempotency-Key", "make-once");
        Answer again = calls.post("/api/v1/api-keys", admin, body, "Idempotency-Key", "make-once");
        String secret = first.json().path("key").asString().split("\\.")[1];

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(201);
        assertThat(again.json().path("id")).isEqualTo(first.json().path("id"));
        assertThat(again.json().path("key").isNull()).isTrue();
        assertThat(calls.get("/api/v1/audit?action=key-created", admin).text())
                .contains(first.json().path("id").asString())
                .doesNotContain(secret, "\"secret\"");
        assertThat(files())
                .allSatisfy(file -> assertThat(content(file)).as("%s", file).doesNotContain(secret));
    }

    @Test
    void tellsNobodyTheSecretsOfItsSettingsNorWhatCallersProveThemselvesWith() throws Exception {
        StringBuilder told = new StringBuilder();
        String job = "canary-job";
        Answer submitted = calls.post("/api/v1/jobs", admin, writingTo(job, "warehouse"));
        assertThat(submitted.status()).as(submitted.text()).isEqualTo(201);
        told.append(calls.post("/api/v1/jobs/" + job + "/start", admin, "{}", "Prefer", "wait=30")
                .text());
        told.append(new RouteCalls(calls).everythingRead(job, admin));
        List<String> sent = callersSecrets(told);
        server.logged()
                .forEach(event -> told.append(event.getFormattedMessage())
                        .append(ThrowableProxyUtil.asString(event.getThrowableProxy())));
        for (Path file : files()) {
            if (!file.endsWith("first-admin-key")) {
                told.append(content(file));
            }
        }

        assertThat(told).contains(job);
        assertThat(sent)
                .isNotEmpty()
                .allSatisfy(
                        secret -> assertThat(told.indexOf(secret)).as(secret).isNegative());
        assertThat(Canary.values())
                .allSatisfy(canary -> assertThat(told.indexOf(canary.trace()))
                        .as("%s: …%s…", canary, around(told, canary.trace()))
                        .isNegative());
    }

    @Test
    void resolvesNoSecretThatADocumentNames() throws Exception {
        String document = JobCalls.sums("canary-named", "memory")
                .replace(
                        "{\"name\": \"canary-named\"",
                        "{\"description\": \"${secret:PASSWORD}\", \"name\": \"canary-named\"");
        Answer submitted = calls.post("/api/v1/jobs", admin, document);
        Answer refused = calls.post("/api/v1/jobs", admin, writingTo("canary-refused", "${secret:PASSWORD}"));

        assertThat(submitted.status()).as(submitted.text()).isEqualTo(201);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(submitted.text() + refused.text()).doesNotContain(Canary.PASSWORD.text());
    }

    /** Sends keys and tokens the right way and wrong ways; what came back is added to what was told. */
    private List<String> callersSecrets(StringBuilder told) throws Exception {
        String key = server.callers().key("VIEWER");
        String secret = key.substring(key.indexOf('.') + 1);
        String token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ.Y2FuYXJ5LW9mLWEtdG9rZW4";
        String unknown = id(key) + "." + "canaryOfAnUnknownSecretThatIsJustLongEnough" + "1";
        for (String header : List.of(
                key, "Bearer " + token, "Bearer " + unknown, "Basic canaryOfABasic", "Token " + unknown, secret)) {
            told.append(calls.get("/api/v1/jobs", header).text());
            told.append(calls.post("/api/v1/jobs", header, "{}").text());
        }
        told.append(calls.get("/api/v1/jobs?access_token=" + secret, null).text());
        told.append(calls.get("/api/v1/audit", key).text());
        calls.call("DELETE", "/api/v1/api-keys/" + id(key), admin, "");
        told.append(calls.get("/api/v1/jobs", key).text());
        return List.of(
                secret,
                admin.substring(admin.indexOf('.') + 1),
                token.substring(token.lastIndexOf('.') + 1),
                "canaryOfAnUnknownSecret",
                "canaryOfABasic");
    }

    private static String writingTo(String job, String connection) {
        return JobCalls.sums(job, "filesystem")
                .replace(", \"emit\": \"NONE\"", "")
                .replace(
                        "\"sinks\": []",
                        "\"sinks\": [{\"name\": \"out\", \"type\": \"jdbc\", \"input\": \"by-key\","
                                + " \"connection\": \"" + connection + "\", \"table\": \"totals\","
                                + " \"mode\": \"UPSERT\", \"keys\": [\"key\"]}]");
    }

    private List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(server.directory())) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        assertThat(files).anyMatch(file -> file.toString().contains("journal"));
        return files;
    }

    private static String content(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    private static String around(StringBuilder told, String trace) {
        int at = told.indexOf(trace);
        return at < 0 ? "" : told.substring(Math.max(0, at - 200), Math.min(told.length(), at + 100));
    }
}
