package io.strandline.snapshot.signing;

import org.jspecify.annotations.Nullable;

/**
 * What looking at a signature found.
 *
 * @param verdict what it is worth
 * @param keyId the key it claims, null without a signature
 */
public record SignatureCheck(Verdict verdict, @Nullable String keyId) {

    /** What a signature is worth. */
    public enum Verdict {
        /** A trusted key made it over these very bytes. */
        VALID,
        /** There is none. */
        MISSING,
        /** It is one of a key that nobody here trusts. */
        UNTRUSTED,
        /** It is not one of that key over these bytes. */
        INVALID
    }

    /** Whether a trusted key vouches for the manifest. */
    public boolean valid() {
        return verdict == Verdict.VALID;
    }

    /** The finding as the end of a sentence about the manifest. */
    public String words() {
        return switch (verdict) {
            case VALID -> "is signed by " + keyId;
            case MISSING -> "has no signature";
            case UNTRUSTED -> "is signed by " + keyId + ", a key that is not trusted here";
            case INVALID -> "has a signature that " + keyId + " did not make over it";
        };
    }
}
