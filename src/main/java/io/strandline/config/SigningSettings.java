package io.strandline.config;

import io.strandline.snapshot.signing.SignaturePolicy;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who vouches for versions.
 *
 * @param keyFile the Ed25519 private key (PKCS#8, PEM) that signs each new version's manifest; without it nothing is signed
 * @param trustedKeys files with Ed25519 public keys (PEM) whose signatures count, the server's own among them; one or more a file
 * @param policy what happens to a version that no trusted key has signed when it is started, restored or imported: nothing
 *     (OFF), a line in the log (WARN), or it is refused (REQUIRE, which takes a key-file)
 */
@ConfigurationProperties("strandline.signing")
record SigningSettings(
        @Nullable Path keyFile,
        @DefaultValue List<Path> trustedKeys,
        @DefaultValue("OFF") SignaturePolicy policy) {}
