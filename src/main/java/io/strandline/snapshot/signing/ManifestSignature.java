package io.strandline.snapshot.signing;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A detached Ed25519 signature (RFC 8032) over a manifest's bytes.
 *
 * @param keyId which key made it: {@code sha256:…} of the public key as X.509 has it (DER)
 * @param value the 64 bytes in Base64
 */
public record ManifestSignature(String keyId, String value) {

    /** How long a signature is. */
    public static final int BYTES = 64;

    private static final Pattern KEY_ID = Pattern.compile("sha256:[0-9a-f]{64}");

    public ManifestSignature {
        if (!KEY_ID.matcher(keyId).matches()) {
            throw new IllegalArgumentException("not a key's id: " + keyId);
        }
        int length = Base64.getDecoder().decode(value).length;
        if (length != BYTES) {
            throw new IllegalArgumentException("a signature has " + BYTES + " bytes, not " + length);
        }
    }

    /** Of the bytes themselves. */
    public static ManifestSignature of(String keyId, byte[] signature) {
        return new ManifestSignature(keyId, Base64.getEncoder().encodeToString(signature));
    }

    /** The bytes themselves. */
    public byte[] bytes() {
        return Base64.getDecoder().decode(value);
    }
}
