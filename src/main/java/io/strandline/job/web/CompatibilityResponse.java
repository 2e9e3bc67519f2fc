package io.strandline.job.web;

import io.strandline.job.JobPipelines.PipelineChange;
import io.strandline.runner.CompatibilityReport.StateLine;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What a change of pipeline would do, without doing it. */
@Schema(name = "CompatibilityReport", description = "What a pipeline makes of the head's state.")
record CompatibilityResponse(
        @Schema(description = "Whether the document differs from the one that is saved.")
        boolean changes,

        @Schema(description = "Whether every state can be read, and none would be lost.")
        boolean compatible,

        @Schema(description = "One line a state that either side has.")
        List<StateLine> states) {

    static CompatibilityResponse of(PipelineChange change) {
        return new CompatibilityResponse(
                change.changes(),
                change.compatibility().clean(),
                change.compatibility().states());
    }
}
