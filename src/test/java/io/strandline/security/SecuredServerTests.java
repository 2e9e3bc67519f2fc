package io.strandline.security;

import static io.strandline.security.Callers.id;
import static io.strandline.security.Callers.names;
import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.JobCalls;
import io.strandline.catalog.ApiKey.Role;
import io.strandline.security.Calls.Answer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** A server whose callers have to say who they are by API keys. */
@ExtendWith(SecuredServer.Shared.class)
class SecuredServerTests {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Path directory;
    private final Calls calls;
    private final String admin;
    private final Callers callers;

    SecuredServerTests(SecuredServer server) {
        this.directory = server.directory();
        this.calls = server.calls();
        this.admin = server.admin();
        this.callers = server.callers();
    }

    @Test
    void leavesTheFirstAdminKeyWhereItsUserAloneCanReadIt() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("first-admin-key"))))
                .isEqualTo("rw-------");
        JsonNode key = calls.get("/api/v1/api-keys/" + id(admin), admin).json();
        assertThat(key.path("role").asString()).isEqualTo("ADMIN");
        assertThat(key.path("key").isNull()).isTrue();
        assertThat(key.path("lastUsedAt").asString()).isNotEmpty();
    }

    @Test
    void asksForAKeyAndSaysHowToSendOne() throws Exception {
        Answer refused = calls.get("/api/v1/jobs", null);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("unauthenticated");
        assertThat(refused.header("www-authenticate")).isEqualTo("Bearer realm=\"strandline\"");
        assertThat(refused.header("x-request-id")).isNotEmpty();
        assertThat(refused.header("content-security-policy")).contains("default-src 'self'");
    }

    @Test
    void refusesKeysThatDoNotCount() throws Exception {
        String wrong = admin.substring(0, admin.length() - 4) + "AAAA";
        for (String sent :
                List.of(wrong, "Bearer x", "Bearer", "Digest x", "Bearer sk-aaaaaaaaaaaaaaaa." + "A".repeat(43))) {
            Answer refused = calls.get("/api/v1/jobs", sent);
            assertThat(refused.status()).as(sent).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("unauthenticated");
            assertThat(refused.header("www-authenticate")).contains("invalid_token");
        }
    }

    @Test
    void letsEachRoleCallWhatTheTableSaysAndNothingElse() throws Exception {
        Map<Role, String> keys = Map.of(
                Role.VIEWER,
                callers.key("VIEWER"),
                Role.OPERATOR,
                callers.key("OPERATOR"),
                Role.ADMIN,
                callers.key("ADMIN"));

        assertThat(new RouteCalls(calls).wronglyAnswered(keys)).isEmpty();
    }

    @Test
    void namesTheRoleThatIsNeeded() throws Exception {
        Answer refused = calls.call("DELETE", "/api/v1/jobs/absent", callers.key("OPERATOR"), "");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("forbidden");
        assertThat(refused.json().path("detail").asString()).contains("needs the role admin; you are operator");
    }

    @Test
    void tellsOthersThanAdminsNothingOfWhatIsInNoRow() throws Exception {
        assertThat(calls.get("/actuator/heapdump", callers.key("OPERATOR")).status())
                .isEqualTo(404);
        assertThat(calls.call("PUT", "/api/v1/jobs", callers.key("OPERATOR"), "{}")
                        .status())
                .isEqualTo(405);
        assertThat(calls.get("/actuator/heapdump", admin).status()).isEqualTo(404);
        assertThat(calls.get("/actuator/heapdump", null).status()).isEqualTo(401);
    }

    @Test
    void confinesAKeyToItsJobs() throws Exception {
        String inside = "scoped-" + NAMES.incrementAndGet();
        String outside = "other-" + NAMES.incrementAndGet();
        callers.submit(inside);
        callers.submit(outside);
        String key = callers.key("ADMIN", "\"scoped-*\"");

        assertThat(calls.get("/api/v1/jobs/" + inside, key).status()).isEqualTo(200);
        assertThat(calls.get("/api/v1/jobs/" + outside, key).code()).isEqualTo("forbidden");
        assertThat(calls.get("/api/v1/jobs/not-there", key).code()).isEqualTo("forbidden");
        assertThat(names(calls.get("/api/v1/jobs?limit=1", key))).containsExactly(inside);
        assertThat(calls.get("/api/v1/audit", key).code()).isEqualTo("forbidden");
        assertThat(calls.get("/api/v1/operations", key).code()).isEqualTo("forbidden");
        assertThat(calls.get("/api/v1/operations?job=" + inside, key).status()).isEqualTo(200);
        assertThat(calls.get("/api/v1/operations?job=" + outside, key).code()).isEqualTo("forbidden");
        assertThat(calls.post("/api/v1/api-keys", key, "{\"name\": \"more\", \"role\": \"ADMIN\"}")
                        .code())
                .isEqualTo("forbidden");
        assertThat(calls.post("/api/v1/jobs", key, JobCalls.sums("elsewhere", "memory"))
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void confinesOperationsToTheirJobs() throws Exception {
        String job = "operated-" + NAMES.incrementAndGet();
        callers.submit(job);
        String operation = calls.post("/api/v1/jobs/" + job + "/start", admin, "{}", "Prefer", "wait=30")
                .json()
                .path("id")
                .asString();
        calls.post("/api/v1/jobs/" + job + "/stop", admin, "{\"mode\": \"CANCEL\"}", "Prefer", "wait=30");

        assertThat(calls.get("/api/v1/operations/" + operation, callers.key("VIEWER", "\"" + job + "\""))
                        .status())
                .isEqualTo(200);
        String other = callers.key("OPERATOR", "\"another\"");
        assertThat(calls.get("/api/v1/operations/" + operation, other).code()).isEqualTo("forbidden");
        assertThat(calls.post("/api/v1/operations/" + operation + "/cancel", other, "")
                        .code())
                .isEqualTo("forbidden");
    }

    @Test
    void givesAKeyAnotherSecretWithAnOverlapOrWithout() throws Exception {
        String first = callers.key("VIEWER");
        JsonNode rotated = calls.post("/api/v1/api-keys/" + id(first) + "/rotate", admin, "{\"overlap\": \"PT1H\"}")
                .json();
        String second = "Bearer " + rotated.path("key").asString();
        assertThat(id(second)).isEqualTo(id(first));
        assertThat(calls.get("/api/v1/jobs", first).status()).isEqualTo(200);
        assertThat(calls.get("/api/v1/jobs", second).status()).isEqualTo(200);

        String third = "Bearer "
                + calls.post("/api/v1/api-keys/" + id(first) + "/rotate", admin, "")
                        .json()
                        .path("key")
                        .asString();
        assertThat(calls.get("/api/v1/jobs", first).status()).isEqualTo(401);
        assertThat(calls.get("/api/v1/jobs", second).status()).isEqualTo(401);
        assertThat(calls.get("/api/v1/jobs", third).status()).isEqualTo(200);
    }

    @Test
    void walksTheChainOfTheAudit() throws Exception {
        JsonNode before = calls.get("/api/v1/audit/verify", admin).json();
        callers.key("VIEWER");
        JsonNode after = calls.get("/api/v1/audit/verify", admin).json();

        assertThat(after.path("intact").asBoolean()).isTrue();
        assertThat(after.path("damage").isNull()).isTrue();
        assertThat(after.path("entries").asLong())
                .isGreaterThan(before.path("entries").asLong());
        assertThat(after.path("hash").asString())
                .hasSize(64)
                .isNotEqualTo(before.path("hash").asString());
    }

    @Test
    void showsNobodyMoreThanWhetherItIsReady() throws Exception {
        Answer ready = calls.get("/actuator/health/readiness", null);

        assertThat(ready.json().path("status").asString()).isEqualTo("UP");
        assertThat(ready.text()).doesNotContain("details");
        assertThat(calls.get("/actuator/health", admin).text()).contains("details");
    }

    @Test
    void revokesAKeyAtOnce() throws Exception {
        String key = callers.key("VIEWER");
        assertThat(calls.get("/api/v1/jobs", key).status()).isEqualTo(200);

        assertThat(calls.call("DELETE", "/api/v1/api-keys/" + id(key), admin, "")
                        .status())
                .isEqualTo(204);

        assertThat(calls.get("/api/v1/jobs", key).status()).isEqualTo(401);
        assertThat(calls.get("/api/v1/api-keys/" + id(key), admin).code()).isEqualTo("api-key-not-found");
    }

    @Test
    void keepsTheLastKeyThatMayGiveKeys() throws Exception {
        List<String> others = new ArrayList<>();
        calls.get("/api/v1/api-keys", admin)
                .json()
                .path("items")
                .forEach(key -> others.add(key.path("id").asString()));
        others.remove(id(admin));
        for (String other : others) {
            calls.call("DELETE", "/api/v1/api-keys/" + other, admin, "");
        }

        assertThat(calls.call("DELETE", "/api/v1/api-keys/" + id(admin), admin, "")
                        .code())
                .isEqualTo("last-admin-key");
    }

    @Test
    void auditsUnderTheKeyWhateverACallerSaysOfItself() throws Exception {
        String operator = callers.key("OPERATOR");
        String job = "audited-" + NAMES.incrementAndGet();
        calls.post("/api/v1/jobs", operator, JobCalls.sums(job, "memory"), "X-Strandline-Actor", "somebody else");

        JsonNode newest = calls.get("/api/v1/audit?job=" + job, admin)
                .json()
                .path("items")
                .get(0);
        assertThat(newest.path("actor").asString()).isEqualTo(id(operator));
    }

    @Test
    void takesAKeyAsNameAndPasswordForReadingOnly() throws Exception {
        String pair = admin.substring("Bearer ".length()).replaceFirst("\\.", ":");
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));

        assertThat(calls.get("/actuator/prometheus", basic).status()).isEqualTo(200);
        assertThat(calls.post("/api/v1/jobs", basic, "{}").status()).isEqualTo(401);
        assertThat(calls.get("/swagger-ui.html", null).headers().get("www-authenticate"))
                .contains("Basic realm=\"strandline\"");
    }

    @Test
    void writesRefusalsDown() throws Exception {
        String viewer = callers.key("VIEWER");
        String scoped = callers.key("OPERATOR", "\"nothing\"");

        assertThat(refusal(() -> calls.post("/api/v1/jobs", viewer, "{}")))
                .contains("\"status\":403", "\"actor\":\"" + id(viewer) + "\"", "\"path\":\"/api/v1/jobs\"");
        assertThat(refusal(() -> calls.post("/api/v1/jobs", scoped, JobCalls.sums("outside", "memory"))))
                .as("by a controller")
                .contains("\"status\":403", "\"actor\":\"" + id(scoped) + "\"", "job 'outside' is not one of them");
        assertThat(refusal(() -> calls.get("/api/v1/jobs", null)))
                .contains("\"status\":401", "\"actor\":null", "\"code\":\"unauthenticated\"");
        assertThat(refusal(() -> calls.call("GET", "/api/v1/jobs", admin, "", "Origin", "http://else.example")))
                .contains("\"code\":\"origin-not-allowed\"");
    }

    /** The line that tells of a refused call; other tests may have used up the lines of this second. */
    private String refusal(Callable<Answer> call) throws Exception {
        Instant deadline = Instant.now().plusSeconds(30);
        String line = "";
        while (line.isEmpty() && Instant.now().isBefore(deadline)) {
            String id = call.call().header("x-request-id");
            line = Files.readAllLines(directory.resolve("security.log")).stream()
                    .filter(entry -> entry.contains(id))
                    .findFirst()
                    .orElse("");
        }
        return line;
    }

    @Test
    void refusesKeysThatMakeNoSense() throws Exception {
        for (String body : List.of(
                "{\"role\": \"VIEWER\"}",
                "{\"name\": \"n\", \"role\": \"ROOT\"}",
                "{\"name\": \"n\", \"role\": \"VIEWER\", \"jobs\": [\"a*b\"]}",
                "{\"name\": \"n\", \"role\": \"VIEWER\", \"jobs\": []}",
                "{\"name\": \"n\", \"role\": \"VIEWER\", \"expiresAt\": \"2020-01-01T00:00:00Z\"}")) {
            Answer refused = calls.post("/api/v1/api-keys", admin, body);
            assertThat(refused.status()).as(body).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid-body");
        }
    }

    @Test
    void listsKeysInPages() throws Exception {
        callers.key("VIEWER");
        callers.key("VIEWER");
        JsonNode first = calls.get("/api/v1/api-keys?limit=1", admin).json();
        JsonNode second = calls.get(
                        "/api/v1/api-keys?limit=1&cursor="
                                + first.path("nextCursor").asString(),
                        admin)
                .json();

        assertThat(first.path("items").size()).isEqualTo(1);
        assertThat(second.path("items").get(0).path("id"))
                .isNotEqualTo(first.path("items").get(0).path("id"));
    }
}
