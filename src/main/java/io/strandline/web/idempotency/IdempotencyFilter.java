package io.strandline.web.idempotency;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.web.Caller;
import io.strandline.web.OwnKeys;
import io.strandline.web.ProblemWriter;
import io.strandline.web.SecretAnswers;
import io.strandline.web.StreamedBodies;
import io.strandline.web.guard.DoorOrder;
import io.strandline.web.idempotency.IdempotencyStore.Claim;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Gives every POST with an {@code Idempotency-Key} one effect: the first request runs, a repetition gets the first
 * answer again, another request with the same key is refused. Answers that a retry could change (429, 5xx) are not kept, nor
 * those that were given before all of a body had been read.
 * The key goes along with what the request changes, so that an effect is known even where its answer was lost.
 */
@Component
@Order(DoorOrder.IDEMPOTENCY)
class IdempotencyFilter extends OncePerRequestFilter {

    private static final Logger log = LoggerFactory.getLogger(IdempotencyFilter.class);

    static final String REPLAYED_HEADER = "Idempotency-Replayed";

    private static final Duration KEPT = Duration.ofHours(24);
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final List<String> KEPT_HEADERS =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.LOCATION, HttpHeaders.ETAG, HttpHeaders.RETRY_AFTER);

    private final IdempotencyStore store;
    private final ProblemWriter problems;
    private final Clock clock;
    private final List<OwnKeys> ownKeys;
    private final List<SecretAnswers> secrets;
    private final List<StreamedBodies> streamed;

    IdempotencyFilter(
            IdempotencyStore store,
            ProblemWriter problems,
            Clock clock,
            List<OwnKeys> ownKeys,
            List<SecretAnswers> secrets,
            List<StreamedBodies> streamed) {
        this.ownKeys = List.copyOf(ownKeys);
        this.secrets = List.copyOf(secrets);
        this.streamed = List.copyOf(streamed);
        this.store = store;
        this.problems = problems;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(Caller.IDEMPOTENCY_KEY_HEADER) == null
                || ownKeys.stream().anyMatch(keeper -> keeper.keepsKeyOf(request));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String key = request.getHeader(Caller.IDEMPOTENCY_KEY_HEADER);
        if (!KEY.matcher(key).matches()) {
            String detail = "Idempotency-Key takes 1 to 200 visible ASCII characters.";
            problems.write(
                    Problem.of(ErrorCode.INVALID_PARAMETER, detail).withError(Caller.IDEMPOTENCY_KEY_HEADER, detail),
                    request,
                    response);
            return;
        }
        KeyedRequest keyed = keyed(key, request);
        Claim claim;
        try {
            claim = store.claim(keyed);
        } catch (StrandlineException e) {
            problems.write(e.problem(), request, response);
            return;
        }
        if (claim instanceof Claim.Granted) {
            keyed.granted();
            runOnce(keyed, response, chain);
        } else if (claim instanceof Claim.Answered answered) {
            replay(answered.response(), response);
        } else {
            problems.write(refusal(claim, key), request, response);
        }
    }

    private void runOnce(KeyedRequest keyed, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper captured = new ContentCachingResponseWrapper(response);
        boolean kept = false;
        try {
            chain.doFilter(keyed.request(), captured);
            kept = keyed.whole()
                    && secrets.stream().noneMatch(room -> room.tellsSecret(keyed.request()))
                    && keep(keyed.key(), captured);
        } finally {
            if (!kept) {
                store.release(keyed.key());
            }
        }
        captured.copyBodyToResponse();
    }

    private boolean keep(String key, ContentCachingResponseWrapper answer) {
        int status = answer.getStatus();
        if (status >= 500 || status == 429) {
            return false;
        }
        try {
            String body = new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8);
            store.complete(key, new StoredResponse(status, keptHeaders(answer), body));
            return true;
        } catch (StrandlineException e) {
            log.warn(
                    "The answer to Idempotency-Key {} could not be kept; a repetition is answered from its effect",
                    key,
                    e);
            return false;
        }
    }

    private static Map<String, String> keptHeaders(HttpServletResponse response) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : KEPT_HEADERS) {
            String value = response.getHeader(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }

    private static void replay(StoredResponse stored, HttpServletResponse response) throws IOException {
        response.setStatus(stored.status());
        stored.headers().forEach(response::setHeader);
        response.setHeader(REPLAYED_HEADER, "true");
        byte[] body = stored.body().getBytes(StandardCharsets.UTF_8);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    private static Problem refusal(Claim claim, String key) {
        return claim instanceof Claim.Running
                ? Problem.of(
                        ErrorCode.IDEMPOTENCY_KEY_IN_USE,
                        "The first request with key '" + key + "' is still running; repeat it to get its answer.")
                : Problem.of(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED,
                        "Key '" + key + "' was used for another path or body; use a new key.");
    }

    private KeyedRequest keyed(String key, HttpServletRequest request) {
        Instant expiresAt = clock.instant().plus(KEPT);
        return streamed.stream()
                .filter(handler -> handler.takesBodyOf(request))
                .findFirst()
                .map(handler -> KeyedRequest.streamed(key, request, handler.mostBytes(), expiresAt))
                .orElseGet(() -> KeyedRequest.of(key, request, expiresAt));
    }
}
