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
 * A request that came with a key. Its fingerprint is SHA-256 of method, path, query and body; that of a body which its handler
 * reads as a stream is known once the last byte has passed. The key it is kept under is the caller's own ({@link
 * Caller#ownKey}): nobody meets another's.
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
    static KeyedRequest of(String sent, HttpServletRequest request, Instant expiresAt) {
        String key = Caller.ownKey(request, sent);
        MessageDigest digest = head(request);
        String whole = HexFormat.of().formatHex(digest.digest(BufferedRequest.bodyOf(request)));
        return new KeyedRequest(key, whole, expiresAt, request, null);
    }

    /**
     * One whose body its handler reads.
     *
     * @param mostBytes of a body that a handler takes
     */
    static KeyedRequest streamed(String sent, HttpServletRequest request, long mostBytes, Instant expiresAt) {
        String key = Caller.ownKey(request, sent);
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
            return digest;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What it is kept under. */
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
