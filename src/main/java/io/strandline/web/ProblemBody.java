package io.strandline.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.strandline.problem.Blocker;
import io.strandline.problem.CurrentHead;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A problem as clients read it: RFC 9457 with the server's own members. Absent means there is nothing to say. */
@Schema(name = "Problem", description = "What went wrong and how to mend it (RFC 9457).")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(
        @Schema(description = "Path of the page that explains this kind of problem.")
        String type,

        @Schema(description = "The kind of problem in a few words.")
        String title,

        @Schema(description = "The HTTP status.") @JsonInclude
        int status,

        @Schema(description = "The cause here and the way out.")
        String detail,

        @Schema(description = "The path that was asked for.") @Nullable
        String instance,

        @Schema(description = "The kind of problem, for programs.")
        String code,

        @Schema(description = "True if the same request may succeed later unchanged.") @JsonInclude
        boolean retryable,

        @Schema(description = "Mistakes in the request, each with its place.")
        List<FieldError> errors,

        @Schema(description = "What stands in the way, and how to release it.")
        List<Blocker> blockers,

        @Schema(description = "The head the branch really has.") @Nullable
        CurrentHead currentHead,

        @Schema(description = "The operation concerned.") @Nullable
        String operationId,

        @Schema(description = "The id under which the server logged the request.") @Nullable
        String traceId,

        @Schema(hidden = true) Map<String, Object> extensions) {

    public static final String TYPE_BASE = "/api/v1/problems/";

    /**
     * Renders a problem.
     *
     * @param instance path of the request; null where there is none, as in a stored operation
     * @param traceId id of the request; null where there is none
     */
    public static ProblemBody of(Problem problem, @Nullable String instance, @Nullable String traceId) {
        ErrorCode code = problem.code();
        return new ProblemBody(
                TYPE_BASE + code.wireName(),
                code.title(),
                code.status(),
                problem.detail(),
                instance,
                code.wireName(),
                problem.retryable(),
                problem.errors(),
                problem.blockers(),
                problem.currentHead(),
                problem.operationId(),
                traceId,
                problem.extensions());
    }

    @Override
    @JsonAnyGetter
    public Map<String, Object> extensions() {
        return extensions;
    }
}
