package io.strandline.snapshot.signing;

import io.strandline.snapshot.signing.SignatureCheck.Verdict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Signs manifests with the server's key, if it has one, and checks signatures against the keys it trusts. Safe for any number of threads. */
public final class Signatures {

    private static final byte[] PROBE = "does this key fit its other half?".getBytes(StandardCharsets.US_ASCII);

    private final @Nullable SigningKey own;
    private final Map<String, PublicKey> trusted;
    private final SignaturePolicy policy;

    private Signatures(@Nullable SigningKey own, Map<String, PublicKey> trusted, SignaturePolicy policy) {
        this.own = own;
        this.trusted = trusted;
        this.policy = policy;
    }

    /** Signs nothing and looks at nothing. */
    public static Signatures none() {
        return new Signatures(null, Map.of(), SignaturePolicy.OFF);
    }

    /**
     * With keys from files.
     *
     * @param keyFile the private key, whose public half must be among {@code trustedFiles}; null to sign nothing
     * @param trustedFiles public keys, one or more a file
     * @throws UnusableKeyException naming the file that is not what it should be
     */
    public static Signatures of(@Nullable Path keyFile, List<Path> trustedFiles, SignaturePolicy policy) {
        Map<String, PublicKey> trusted = new LinkedHashMap<>();
        trustedFiles.forEach(file -> KeyFiles.publicKeys(file).forEach(key -> trusted.put(KeyFiles.id(key), key)));
        if (policy == SignaturePolicy.REQUIRE && keyFile == null) {
            throw new UnusableKeyException(
                    "signatures are required, but there is no key to sign with: no version of this server could be used",
                    null);
        }
        return new Signatures(keyFile == null ? null : ownKey(keyFile, trusted), trusted, policy);
    }

    /** What to do about a manifest that nobody vouches for. */
    public SignaturePolicy policy() {
        return policy;
    }

    /** Signs a manifest's bytes; empty when the server has no key. */
    public Optional<ManifestSignature> sign(byte[] manifest) {
        SigningKey key = own;
        if (key == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ManifestSignature.of(key.id(), sign(key.key(), manifest)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key that has signed before does not any more", e);
        }
    }

    /** What a signature says of a manifest's bytes. */
    public SignatureCheck check(byte[] manifest, @Nullable ManifestSignature signature) {
        if (signature == null) {
            return new SignatureCheck(Verdict.MISSING, null);
        }
        PublicKey key = trusted.get(signature.keyId());
        if (key == null) {
            return new SignatureCheck(Verdict.UNTRUSTED, signature.keyId());
        }
        boolean good = verifies(key, manifest, signature.bytes());
        return new SignatureCheck(good ? Verdict.VALID : Verdict.INVALID, signature.keyId());
    }

    /** The private key does not say which public one is its other half: it is the trusted one that its signatures fit. */
    private static SigningKey ownKey(Path file, Map<String, PublicKey> trusted) {
        PrivateKey key = KeyFiles.privateKey(file);
        try {
            byte[] probe = sign(key, PROBE);
            return trusted.entrySet().stream()
                    .filter(half -> verifies(half.getValue(), PROBE, probe))
                    .findFirst()
                    .map(half -> new SigningKey(half.getKey(), key))
                    .orElseThrow(() -> new UnusableKeyException(
                            "the public half of " + file
                                    + " is not among the trusted keys: its versions could not be used",
                            null));
        } catch (GeneralSecurityException e) {
            throw new UnusableKeyException(file + " holds a key that cannot sign", e);
        }
    }

    private static byte[] sign(PrivateKey key, byte[] bytes) throws GeneralSecurityException {
        Signature signing = Signature.getInstance(KeyFiles.ALGORITHM);
        signing.initSign(key);
        signing.update(bytes);
        return signing.sign();
    }

    private static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
        try {
            Signature checking = Signature.getInstance(KeyFiles.ALGORITHM);
            checking.initVerify(key);
            checking.update(bytes);
            return checking.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    /** The server's own key and what it is known by. */
    private record SigningKey(String id, PrivateKey key) {}
}
