package io.strandline.job;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** How somebody wants a job to be started; every field may be left out. */
@Schema(description = "How to start; every field may be left out.")
public record StartRequest(
        @Schema(
                description = "HEAD goes on from the branch's newest version, EMPTY begins from nothing.",
                defaultValue = "HEAD")
        @Nullable
        From from,

        @Schema(description = "The pipeline version to run; the branch's when left out.", example = "2") @Nullable
        Integer pipelineVersion,

        @Schema(description = "Subtasks an operator, 1 to 16; the pipeline's when left out.", example = "2") @Nullable
        Integer parallelism,

        @Schema(description = "memory, filesystem or rocksdb; the pipeline's when left out.", example = "filesystem")
        @Nullable
        String backend,

        @Schema(description = "Allow state that the pipeline no longer knows to be lost.", defaultValue = "false")
        @Nullable
        Boolean allowDroppedState,

        @Schema(description = "Why, for the audit.", example = "maintenance is over") @Size(max = 1000) @Nullable
        String reason) {

    /** Go on from the head, everything else as the pipeline says. */
    public static final StartRequest DEFAULT = new StartRequest(null, null, null, null, null, null);

    /** Where an instance begins. */
    public enum From {
        HEAD,
        EMPTY
    }

    boolean fromNothing() {
        return from == From.EMPTY;
    }

    boolean dropsState() {
        return Boolean.TRUE.equals(allowDroppedState);
    }
}
