package io.strandline.web.errors;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.web.ProblemBody;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Explains each kind of problem at the address its {@code type} names. */
@RestController
@RequestMapping(path = "/api/v1/problems", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Problems", description = "What each problem means and how to get out of it.")
class ProblemController {

    /** What a kind of problem means. */
    @Schema(name = "ProblemPage")
    record ProblemPage(
            @Schema(description = "The problem's type, as in its body.")
            String type,

            @Schema(description = "The code, as in the problem's body.", example = "job-not-found")
            String code,

            @Schema(description = "The HTTP status it comes with.", example = "404")
            int status,

            @Schema(description = "What it means.", example = "No such job")
            String title,

            @Schema(description = "What to do about it.", example = "List the jobs with GET /api/v1/jobs.")
            String wayOut,

            @Schema(description = "True if the same request may succeed later unchanged.")
            boolean retryable) {}

    @GetMapping("/{code}")
    @Operation(
            summary = "Explain a problem",
            description = "The page behind a problem's type: its meaning and way out.")
    ProblemPage explain(
            @Parameter(description = "The problem's code.", example = "job-not-found") @PathVariable String code) {
        ErrorCode known = ErrorCode.ofWireName(code)
                .orElseThrow(() -> Problem.of(ErrorCode.PROBLEM_NOT_FOUND, "There is no problem code '" + code + "'.")
                        .asException());
        return new ProblemPage(
                ProblemBody.TYPE_BASE + code, code, known.status(), known.title(), known.wayOut(), known.retryable());
    }
}
