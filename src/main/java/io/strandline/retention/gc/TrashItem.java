package io.strandline.retention.gc;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A job, a branch or a version in the trash. */
@Schema(description = "A job, a branch or a version in the trash.")
public record TrashItem(
        @Schema(description = "What it is.") Type type,

        @Schema(
                description = "Its id; of a branch its job's id and its name.",
                example = "019a2f5e-3a51-7cc4-9d3e-2f6f5a0b7c11")
        String id,

        @Schema(description = "The job's name.", example = "flights")
        String job,

        @Schema(description = "The branch's name; null for jobs and versions.", example = "trial") @Nullable
        String branch,

        @Schema(description = "The version's number.") @Nullable
        Long number,

        @Schema(description = "Bytes of all files the version names.") @Nullable
        Long totalBytes,

        @Schema(description = "Bytes of files that only this version names.") @Nullable
        Long exclusiveBytes,

        @Schema(description = "When it went to the trash.") @Nullable
        Instant trashedAt,

        @Schema(description = "When it may be purged.") @Nullable
        Instant purgeAfter) {

    /** What lies in the trash. */
    public enum Type {
        JOB,
        BRANCH,
        SNAPSHOT
    }
}
