package io.strandline.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who calls and under which ids, for the audit; a controller takes it as an argument.
 *
 * @param actor the name in {@code X-Strandline-Actor}, or {@code anonymous}
 * @param requestId the request's id, also the {@code traceId} of its problems and log lines
 * @param idempotencyKey the request's {@code Idempotency-Key}; null if it has none
 */
public record Caller(
        String actor, String requestId, @Nullable String idempotencyKey) {

    public static final String ACTOR_HEADER = "X-Strandline-Actor";
    public static final String REQUEST_ID_HEADER = "X-Request-Id";
    public static final String IDEMPOTENCY_KEY_HEADER = "Idempotency-Key";

    private static final String REQUEST_ID_ATTRIBUTE = Caller.class.getName() + ".requestId";
    private static final Pattern ACTOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._@+-]{0,99}");

    public static Caller of(HttpServletRequest request) {
        return new Caller(actor(request), requestId(request), request.getHeader(IDEMPOTENCY_KEY_HEADER));
    }

    /** The id given to the request at the door, or {@code unknown} for what never came through it. */
    public static String requestId(HttpServletRequest request) {
        return request.getAttribute(REQUEST_ID_ATTRIBUTE) instanceof String id ? id : "unknown";
    }

    public static void assignRequestId(HttpServletRequest request, String id) {
        request.setAttribute(REQUEST_ID_ATTRIBUTE, id);
    }

    private static String actor(HttpServletRequest request) {
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
