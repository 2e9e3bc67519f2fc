package io.strandline.web;

import io.strandline.problem.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem: from a controller's advice as an entity, from a filter straight to the response. */
@Component
public class ProblemWriter {

    private static final String ANSWERED = ProblemWriter.class.getName() + ".answered";

    private final JsonMapper mapper;

    public ProblemWriter(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public ResponseEntity<Object> entity(Problem problem, HttpServletRequest request, HttpHeaders more) {
        HttpHeaders headers = new HttpHeaders();
        headers.putAll(more);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        headers.setCacheControl("no-store");
        if (problem.retryable()) {
            headers.set(HttpHeaders.RETRY_AFTER, retryAfterSeconds(problem));
        }
        return ResponseEntity.status(problem.code().status()).headers(headers).body(body(problem, request));
    }

    /** Writes the whole answer; does nothing to a response that is on its way already. */
    public void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = mapper.writeValueAsBytes(body(problem, request));
        response.resetBuffer();
        response.setStatus(problem.code().status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (problem.retryable()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, retryAfterSeconds(problem));
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** The problem that a request was answered with, empty when it was answered otherwise. */
    public static Optional<Problem> answered(HttpServletRequest request) {
        return request.getAttribute(ANSWERED) instanceof Problem problem ? Optional.of(problem) : Optional.empty();
    }

    private static ProblemBody body(Problem problem, HttpServletRequest request) {
        request.setAttribute(ANSWERED, problem);
        return ProblemBody.of(problem, request.getRequestURI(), Caller.requestId(request));
    }

    private static String retryAfterSeconds(Problem problem) {
        Duration wait = problem.retryAfter();
        if (wait != null) {
            return Long.toString(Math.max(1, wait.plusMillis(999).toSeconds()));
        }
        return switch (problem.code().status()) {
            case 507 -> "30";
            case 503 -> "5";
            default -> "1";
        };
    }
}
