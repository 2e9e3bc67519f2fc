package io.strandline.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A strong entity tag: equal values, equal tag.
 *
 * @param value as in the header, quotes included
 */
public record ETag(String value) {

    private static final int DIGEST_BYTES = 12;

    /** Hashes the string forms of what the tag covers: a version counter, or the settings themselves. */
    public static ETag of(@Nullable Object... covered) {
        MessageDigest digest = sha256();
        for (Object part : covered) {
            digest.update(String.valueOf(part).getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return new ETag('"' + HexFormat.of().formatHex(digest.digest(), 0, DIGEST_BYTES) + '"');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
