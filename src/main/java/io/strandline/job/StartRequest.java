package io.strandline.job;

import io.strandline.catalog.SinkChoice;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Map;
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

        @Schema(
                description =
                        "Where each sink writes on a branch that was forked, by the sink's name. Remembered with the branch;"
                                + " what is left out stays as it was chosen before.",
                example = "{\"out\": {\"mode\": \"REDIRECT\", \"path\": \"by-origin-trial\"}}")
        @Nullable
        Map<String, @Valid SinkRequest> sinks,

        @Schema(description = "Why, for the audit; needed with force.", example = "maintenance is over")
        @Size(max = 1000)
        @Nullable
        String reason) {

    /** Go on from the head, everything else as the pipeline says. */
    public static final StartRequest DEFAULT = new StartRequest(null, null, null, null, null, null, null);

    /** The same for another reason. */
    public StartRequest because(@Nullable String why) {
        return new StartRequest(from, pipelineVersion, parallelism, backend, allowDroppedState, sinks, why);
    }

    /** Where an instance begins. */
    public enum From {
        HEAD,
        EMPTY
    }

    /** Where one sink is to write. */
    @Schema(name = "SinkChoice", description = "Where a sink writes on a forked branch.")
    public record SinkRequest(
            @Schema(
                    description =
                            "DISABLED drops rows; REDIRECT writes them elsewhere; SAME writes where the pipeline says, beside"
                                    + " other branches' output, and needs force.",
                    example = "REDIRECT")
            @NotNull
            SinkChoice.Mode mode,

            @Schema(description = "For REDIRECT of a file sink: the directory.", example = "by-origin-trial") @Nullable
            String path,

            @Schema(description = "For REDIRECT of a database sink: the table.", example = "by_origin_trial") @Nullable
            String table,

            @Schema(description = "For SAME: that it is meant.", defaultValue = "false") @Nullable
            Boolean force) {

        boolean forced() {
            return Boolean.TRUE.equals(force);
        }
    }

    Map<String, SinkRequest> sinksOrNone() {
        return sinks == null ? Map.of() : sinks;
    }

    boolean fromNothing() {
        return from == From.EMPTY;
    }

    boolean dropsState() {
        return Boolean.TRUE.equals(allowDroppedState);
    }
}
