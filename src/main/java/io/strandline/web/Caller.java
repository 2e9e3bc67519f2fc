package io.strandline.web;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Cause.RequestKey;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls and under which ids, for the audit; a controller takes it as an argument.
 *
 * @param actor who was authenticated; where nobody has to be, the name in {@code X-Strandline-Actor}, or {@code anonymous}
 * @param requestId the request's id, also the {@code traceId} of its problems and log lines
 * @param key the request's {@code Idempotency-Key}, which its effects are journaled with; null if it has none
 * @param jobs what the caller may touch
 */
public record Caller(
        String actor, String requestId, @Nullable RequestKey key, JobScope jobs) {

    public static final String ACTOR_HEADER = "X-Strandline-Actor";
    public static final String REQUEST_ID_HEADER = "X-Request-Id";
    public static final String IDEMPOTENCY_KEY_HEADER = "Idempotency-Key";

    private static final String REQUEST_ID_ATTRIBUTE = Caller.class.getName() + ".requestId";
    private static final String REQUEST_KEY_ATTRIBUTE = Caller.class.getName() + ".requestKey";
    private static final String IDENTITY_ATTRIBUTE = Caller.class.getName() + ".identity";
    private static final int DIGEST_BYTES = 16;
    private static final Pattern ACTOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._@+-]{0,99}");

    public static Caller of(HttpServletRequest request) {
        RequestKey key = request.getAttribute(REQUEST_KEY_ATTRIBUTE) instanceof RequestKey taken ? taken : null;
        Identity identity = identity(request);
        return identity == null
                ? new Caller(named(request), requestId(request), key, JobScope.EVERYTHING)
                : new Caller(identity.actor(), requestId(request), key, identity.jobs());
    }

    /**
     * Who proved who they are.
     *
     * @param actor as the audit names them
     * @param still whether they could prove the same now
     */
    private record Identity(String actor, JobScope jobs, BooleanSupplier still) {}

    /**
     * Says who was authenticated for the request; nothing that it says of itself counts any more.
     *
     * @param still tells whether what was sent would still make it the same caller with the same rights
     */
    public static void assignIdentity(HttpServletRequest request, String actor, JobScope jobs, BooleanSupplier still) {
        request.setAttribute(IDENTITY_ATTRIBUTE, new Identity(actor, jobs, still));
    }

    /**
     * For answers that go on for long: tells whether whoever sent the request may still have it. True where nobody has to say who
     * they are; throws a {@link io.strandline.problem.StrandlineException} when it cannot be told now.
     */
    public static BooleanSupplier stillCounts(HttpServletRequest request) {
        Identity identity = identity(request);
        return identity == null ? () -> true : identity.still();
    }

    /** Who was authenticated for the request, empty where nobody was. */
    public static Optional<String> authenticated(HttpServletRequest request) {
        return Optional.ofNullable(identity(request)).map(Identity::actor);
    }

    /**
     * An idempotency key as it is kept: for callers who are known together with a digest of who they are, so that two who choose
     * the same one do not meet. No key that a client may send has the space between the two.
     */
    public static String ownKey(HttpServletRequest request, String sent) {
        return authenticated(request).map(actor -> digest(actor) + " " + sent).orElse(sent);
    }

    private static String digest(String actor) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(actor.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static @Nullable Identity identity(HttpServletRequest request) {
        return request.getAttribute(IDENTITY_ATTRIBUTE) instanceof Identity identity ? identity : null;
    }

    /** The cause of what this request changes. */
    public Cause cause(@Nullable String reason) {
        return new Cause(actor, requestId, null, reason, key);
    }

    /** The id given to the request at the door, or {@code unknown} for what never came through it. */
    public static String requestId(HttpServletRequest request) {
        return request.getAttribute(REQUEST_ID_ATTRIBUTE) instanceof String id ? id : "unknown";
    }

    public static void assignRequestId(HttpServletRequest request, String id) {
        request.setAttribute(REQUEST_ID_ATTRIBUTE, id);
    }

    /** Says that the request has taken its idempotency key. */
    public static void assignKey(HttpServletRequest request, RequestKey key) {
        request.setAttribute(REQUEST_KEY_ATTRIBUTE, key);
    }

    private static String named(HttpServletRequest request) {
        String actor = request.getHeader(ACTOR_HEADER);
        if (actor == null) {
            return "anonymous";
        }
        if (!ACTOR.matcher(actor).matches()) {
            String detail = ACTOR_HEADER + " takes up to 100 letters, digits, spaces and . _ @ + -.";
            throw Problem.of(ErrorCode.INVALID_PARAMETER, detail)
                    .withError(ACTOR_HEADER, detail)
                    .asException();
        }
        return actor;
    }
}
