package io.strandline.job.web;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.strandline.catalog.PipelineVersion;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A pipeline document as it was saved. */
@Schema(name = "PipelineVersion", description = "A pipeline document as it was saved, with every default filled in.")
record PipelineResponse(
        @Schema(description = "Counts a job's documents from 1.", example = "1")
        int version,

        @Schema(description = "The branch that runs it; null when asked for by version.", example = "main") @Nullable
        String branch,

        @Schema(description = "When it was saved.") Instant createdAt,

        @Schema(description = "The document, canonical JSON.", types = "object", example = JobExamples.PIPELINE)
        @JsonRawValue
        String document) {

    static PipelineResponse of(@Nullable String branch, PipelineVersion version) {
        return new PipelineResponse(version.version(), branch, version.createdAt(), version.document());
    }
}
