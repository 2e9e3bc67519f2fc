package io.strandline.web.idempotency;

import io.strandline.catalog.Cause.RequestKey;
import io.strandline.web.Caller;
import io.strandline.web.guard.BufferedRequest;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A request that came with a key. Its fingerprint is SHA-256 of method, path, query, who was authenticated and body; that of a body which its handler
 * reads as a stream is known once the last byte has passed.
 */
public final class KeyedRequest {

    private final String key;
    private final String start;
    private final Instant expiresAt;
    private final HttpServletRequest request;
    private final @Nullable DigestedRequest stream;

    private KeyedRequest(
            String key, String start, Instant expiresAt, HttpServletRequest request, @Nullable DigestedRequest stream) {
        this.key = key;
        this.start = start;
        this.expiresAt = expiresAt;
        this.request = request;
        this.stream = stream;
    }

    /** One whose body is here. */
    static KeyedRequest of(String key, HttpServletRequest request, Instant expiresAt) {
        MessageDigest digest = head(request);
        String whole = HexFormat.of().formatHex(digest.digest(BufferedRequest.bodyOf(request)));
        return new KeyedRequest(key, whole, expiresAt, request, null);
    }

    /**
     * One whose body its handler reads.
     *
     * @param mostBytes of a body that a handler takes
     */
    static KeyedRequest streamed(String key, HttpServletRequest request, long mostBytes, Instant expiresAt) {
        String start = HexFormat.of().formatHex(head(request).digest());
        DigestedRequest stream = new DigestedRequest(request, head(request), mostBytes);
        KeyedRequest keyed = new KeyedRequest(key, start, expiresAt, request, stream);
        stream.whenRead(fingerprint -> Caller.assignKey(request, new RequestKey(key, fingerprint, expiresAt)));
        return keyed;
    }

    private static MessageDigest head(HttpServletRequest request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String query = request.getQueryString();
            String head =
                    request.getMethod() + '\n' + request.getRequestURI() + '\n' + (query == null ? "" : query) + '\n';
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            // nobody is answered with what somebody else was told
            Caller.authenticated(request)
                    .ifPresent(actor -> digest.update((actor + '\n').getBytes(StandardCharsets.UTF_8)));
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    String key() {
        return key;
    }

    Instant expiresAt() {
        return expiresAt;
    }

    /** The request as its handler gets it. */
    HttpServletRequest request() {
        return stream == null ? request : stream;
    }

    /** Whether another request with the key may be the same, as far as can be told before either body has been read. */
    boolean mayBe(KeyedRequest other) {
        return start.equals(other.start);
    }

    /** Whether all of it is here. */
    boolean whole() {
        return stream == null || stream.fingerprint() != null;
    }

    /**
     * What tells it from others; reads what is left of the body.
     *
     * @throws io.strandline.problem.StrandlineException {@code request-timeout} when the body stops arriving
     */
    String fingerprint() {
        return stream == null ? start : stream.readToEnd();
    }

    /** Says that the request has the key, so that it goes along with what it changes. */
    void granted() {
        if (stream == null) {
            Caller.assignKey(request, new RequestKey(key, start, expiresAt));
        }
    }
}
