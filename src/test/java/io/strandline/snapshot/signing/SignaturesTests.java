package io.strandline.snapshot.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.signing.SignatureCheck.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing with one key, trusting several. */
class SignaturesTests {

    private static final byte[] MANIFEST = "{\"schemaVersion\":2}".getBytes(StandardCharsets.UTF_8);

    /** {@code openssl genpkey -algorithm ed25519}, and {@code openssl pkey -pubout} of it. */
    private static final String OPENSSL_KEY = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEID86bvMqQsCT64HOOMrcjaE6WN26CkwnwvbdfxjQEgkQ
            -----END PRIVATE KEY-----
            """;

    private static final String OPENSSL_PUBLIC = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAa5bQW2qL3eMe6YiGHIHG7fMkf0T8CxISPF0UTUROoys=
            -----END PUBLIC KEY-----
            """;

    @TempDir
    private Path directory;

    @Test
    void readsTheKeysThatOpensslWrites() throws IOException {
        Path key = Files.writeString(directory.resolve("signing.pem"), OPENSSL_KEY);
        Path trusted = Files.writeString(directory.resolve("trusted.pem"), OPENSSL_PUBLIC);
        Signatures signatures = Signatures.of(key, List.of(trusted), SignaturePolicy.REQUIRE);

        ManifestSignature signature = signatures.sign(MANIFEST).orElseThrow();

        assertThat(signatures.check(MANIFEST, signature).verdict()).isEqualTo(Verdict.VALID);
        assertThat(Signatures.of(key, List.of(trusted), SignaturePolicy.OFF).sign(MANIFEST))
                .contains(signature);
    }

    @Test
    void tellsWhatASignatureIsWorth() throws Exception {
        Pair own = pair("own");
        Pair other = pair("other");
        Signatures signatures = Signatures.of(own.key, List.of(own.trusted), SignaturePolicy.WARN);
        ManifestSignature signature = signatures.sign(MANIFEST).orElseThrow();
        ManifestSignature foreign = Signatures.of(other.key, List.of(other.trusted), SignaturePolicy.WARN)
                .sign(MANIFEST)
                .orElseThrow();
        byte[] changed = MANIFEST.clone();
        changed[3] ^= 1;

        assertThat(signatures.check(MANIFEST, null).verdict()).isEqualTo(Verdict.MISSING);
        assertThat(signatures.check(changed, signature).verdict()).isEqualTo(Verdict.INVALID);
        assertThat(signatures.check(MANIFEST, foreign).verdict()).isEqualTo(Verdict.UNTRUSTED);
        assertThat(signatures
                        .check(MANIFEST, new ManifestSignature(signature.keyId(), foreign.value()))
                        .verdict())
                .isEqualTo(Verdict.INVALID);
    }

    @Test
    void trustsOldKeysAfterARotation() throws Exception {
        Pair old = pair("old");
        Pair fresh = pair("fresh");
        ManifestSignature before = Signatures.of(old.key, List.of(old.trusted), SignaturePolicy.REQUIRE)
                .sign(MANIFEST)
                .orElseThrow();
        Path both = Files.writeString(
                directory.resolve("both.pem"), Files.readString(old.trusted) + Files.readString(fresh.trusted));
        Signatures rotated = Signatures.of(fresh.key, List.of(both), SignaturePolicy.REQUIRE);

        assertThat(rotated.check(MANIFEST, before).valid()).isTrue();
        assertThat(rotated.sign(MANIFEST).orElseThrow().keyId()).isNotEqualTo(before.keyId());
    }

    @Test
    void refusesKeysThatCannotBeUsed() throws Exception {
        Pair own = pair("own");
        Pair other = pair("other");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "");
        KeyPair rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        Path rsaKey = pem("rsa.pem", "PRIVATE KEY", rsa.getPrivate().getEncoded());

        assertThatThrownBy(() -> Signatures.of(own.key, List.of(other.trusted), SignaturePolicy.OFF))
                .isInstanceOf(UnusableKeyException.class)
                .hasMessageContaining("not among the trusted keys");
        assertThatThrownBy(() -> Signatures.of(null, List.of(), SignaturePolicy.REQUIRE))
                .isInstanceOf(UnusableKeyException.class);
        assertThatThrownBy(() -> Signatures.of(null, List.of(empty), SignaturePolicy.OFF))
                .hasMessageContaining("holds no public key");
        assertThatThrownBy(() -> Signatures.of(rsaKey, List.of(own.trusted), SignaturePolicy.OFF))
                .hasMessageContaining("no Ed25519 private key");
        assertThatThrownBy(() -> Signatures.of(directory.resolve("nowhere"), List.of(own.trusted), SignaturePolicy.OFF))
                .hasMessageContaining("cannot be read");
    }

    private Pair pair(String name) throws GeneralSecurityException, IOException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        return new Pair(
                pem(name + ".pem", "PRIVATE KEY", pair.getPrivate().getEncoded()),
                pem(name + ".pub", "PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private Path pem(String name, String label, byte[] encoded) throws IOException {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded) + "\n-----END " + label
                + "-----\n";
        return Files.writeString(directory.resolve(name), text);
    }

    /** A private key's file and its public half's. */
    private record Pair(Path key, Path trusted) {}
}
