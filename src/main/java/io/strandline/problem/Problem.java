package io.strandline.problem;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that went wrong, as an immutable value: what a client reads, what a failed operation or job keeps.
 *
 * @param code which kind of problem
 * @param detail a sentence that names the cause and the way out
 * @param errors mistakes in the request, each with its place
 * @param blockers what stands in the way
 * @param currentHead the real head, where another one was expected
 * @param retryAfter when to try again; null leaves it to the code
 * @param operationId the operation concerned
 * @param extensions further members of the problem body, JSON-ready, such as a compatibility report
 */
public record Problem(
        ErrorCode code,
        String detail,
        List<FieldError> errors,
        List<Blocker> blockers,
        @Nullable CurrentHead currentHead,
        @Nullable Duration retryAfter,
        @Nullable String operationId,
        Map<String, Object> extensions) {

    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(detail, "detail");
        errors = List.copyOf(errors);
        blockers = List.copyOf(blockers);
        extensions = Map.copyOf(extensions);
    }

    public static Problem of(ErrorCode code, String detail) {
        return new Problem(code, detail, List.of(), List.of(), null, null, null, Map.of());
    }

    public Problem withDetail(String newDetail) {
        return new Problem(code, newDetail, errors, blockers, currentHead, retryAfter, operationId, extensions);
    }

    public Problem withErrors(List<FieldError> newErrors) {
        return new Problem(code, detail, newErrors, blockers, currentHead, retryAfter, operationId, extensions);
    }

    public Problem withError(String pointer, String errorDetail) {
        return withErrors(List.of(new FieldError(pointer, errorDetail)));
    }

    public Problem withBlockers(List<Blocker> newBlockers) {
        return new Problem(code, detail, errors, newBlockers, currentHead, retryAfter, operationId, extensions);
    }

    public Problem withCurrentHead(@Nullable CurrentHead head) {
        return new Problem(code, detail, errors, blockers, head, retryAfter, operationId, extensions);
    }

    public Problem withRetryAfter(Duration wait) {
        return new Problem(code, detail, errors, blockers, currentHead, wait, operationId, extensions);
    }

    public Problem withOperationId(String id) {
        return new Problem(code, detail, errors, blockers, currentHead, retryAfter, id, extensions);
    }

    public Problem withExtension(String name, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(extensions);
        more.put(name, value);
        return new Problem(code, detail, errors, blockers, currentHead, retryAfter, operationId, more);
    }

    /** True if the same request may succeed later without being changed. */
    public boolean retryable() {
        return retryAfter != null || code.retryable();
    }

    public StrandlineException asException() {
        return new StrandlineException(this);
    }

    public StrandlineException asException(Throwable cause) {
        return new StrandlineException(this, cause);
    }
}
