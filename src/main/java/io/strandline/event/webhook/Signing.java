package io.strandline.event.webhook;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is sent, by the Standard Webhooks specification: HMAC-SHA256 over id, time and body, so that a receiver can
 * tell who sent it, that nothing was changed, and an old request from a new one.
 */
public final class Signing {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** With a secret that the receiver knows, too. */
    Signing(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The header {@code webhook-signature} of a request. */
    String signature(String id, Instant at, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed = (id + "." + at.getEpochSecond() + "." + body).getBytes(StandardCharsets.UTF_8);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
