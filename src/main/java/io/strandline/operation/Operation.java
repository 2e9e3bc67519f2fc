package io.strandline.operation;

import io.strandline.web.ProblemBody;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Long-running work as clients see it. */
@Schema(description = "Long-running work: what was asked, how far it is, what it made or why it failed.")
public record Operation(
        @Schema(description = "Its id; ids sort by time.") String id,

        @Schema(description = "What kind of work.", example = "restore")
        String type,

        @Schema(description = "The job it is about.") @Nullable
        String jobId,

        @Schema(description = "Where it stands.") State state,

        @Schema(description = "How far the present stage is.") @Nullable
        Progress progress,

        @Schema(description = "Stages in order; empty for operations that ended before the server was started.")
        List<Stage> stages,

        @Schema(description = "What was asked.", implementation = Object.class)
        JsonNode request,

        @Schema(description = "What it made, shaped as the GET of it.", implementation = Object.class) @Nullable
        JsonNode result,

        @Schema(
                description = "Why it failed, with the status it would have had as an answer.",
                implementation = ProblemBody.class)
        @Nullable
        JsonNode problem,

        @Schema(description = "Whether somebody asked to cancel it.")
        boolean cancelRequested,

        @Schema(description = "Who asked.") String actor,
        @Schema(description = "When it was accepted.") Instant createdAt,

        @Schema(description = "When work began.") @Nullable Instant startedAt,

        @Schema(description = "When it ended.") @Nullable Instant endedAt) {

    public Operation {
        stages = List.copyOf(stages);
    }

    /** Whether it has ended, in whatever way. */
    public boolean finished() {
        return endedAt != null;
    }

    /** Where an operation stands. */
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELLED
    }

    /**
     * How far a stage is.
     *
     * @param done units done
     * @param total units there are, null while unknown
     * @param unit what is counted, e.g. {@code files}
     */
    public record Progress(long done, @Nullable Long total, String unit) {}

    /**
     * A part of the work.
     *
     * @param name what is done in it, e.g. {@code stop}
     * @param endedAt null while it lasts
     */
    public record Stage(
            String name, Instant startedAt, @Nullable Instant endedAt) {}
}
