package io.strandline.security.token;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.OwnServer;
import io.strandline.security.Calls;
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
                                "--strandline.security.oauth2.issuer=" + issuer.url()))) {
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
        }
    }
}
