package io.strandline.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.OwnServer;
import io.strandline.security.Calls;
import io.strandline.security.Calls.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes an issuer's tokens. */
class TokenServerTests {

    @TempDir
    private Path directory;

    @Test
    void takesTokensOfItsIssuerAndKeysThatWereMadeWithThem() throws Exception {
        try (LocalIssuer issuer = new LocalIssuer();
                OwnServer server = OwnServer.on(
                        directory,
                        List.of(
                                "--strandline.security.authentication=OAUTH2",
                                "--strandline.security.oauth2.issuer=" + issuer.url(),
                                "--strandline.security.limits.requests-per-second=1",
                                "--strandline.security.limits.burst=10"))) {
            Calls calls = new Calls(server.address());
            String viewer = "Bearer "
                    + issuer.signed(issuer.claims("vera")
                            .claim("roles", "strandline-viewer")
                            .build());
            String admin = "Bearer "
                    + issuer.signed(issuer.claims("ada")
                            .claim("roles", "strandline-admin")
                            .build());

            assertThat(calls.get("/api/v1/jobs", viewer).status()).isEqualTo(200);
            issuer.setDown(true);
            assertThat(calls.get("/api/v1/jobs", viewer).status()).isEqualTo(200);
            issuer.setDown(false);
            assertThat(calls.post("/api/v1/jobs", viewer, "{}").code()).isEqualTo("forbidden");
            assertThat(calls.get("/api/v1/jobs", viewer + "x").status()).isEqualTo(401);
            String key = calls.post("/api/v1/api-keys", admin, "{\"name\": \"machine\", \"role\": \"VIEWER\"}")
                    .json()
                    .path("key")
                    .asString();
            assertThat(calls.get("/api/v1/jobs", "Bearer " + key).status()).isEqualTo(200);
            assertThat(calls.get("/api/v1/audit", viewer)
                            .json()
                            .path("items")
                            .get(0)
                            .path("actor")
                            .asString())
                    .isEqualTo("oauth2:ada");
            assertThat(Files.exists(directory.resolve("first-admin-key"))).isFalse();
            assertLimited(calls, admin);
        }
    }

    private static void assertLimited(Calls calls, String caller) throws Exception {
        Answer answer = calls.get("/api/v1/jobs", caller);
        for (int i = 0; i < 100 && answer.status() == 200; i++) {
            answer = calls.get("/api/v1/jobs", caller);
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("too-many-requests");
        assertThat(answer.header("retry-after")).isEqualTo("1");
        assertThat(calls.get("/actuator/health/liveness", null).status()).isEqualTo(200);
    }
}
