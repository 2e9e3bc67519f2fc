package io.strandline.retention.plan;

import io.strandline.problem.Blocker;
import io.strandline.snapshot.SnapshotKind;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A version that a plan expires. */
@Schema(name = "RetentionPlanItem", description = "A version that a plan expires, and what became of it.")
public record PlanItem(
        String job,
        @Schema(hidden = true) String jobId,
        @Schema(description = "The version's id.") String snapshot,
        long number,
        SnapshotKind kind,
        Instant completedAt,
        long totalBytes,

        @Schema(description = "For each rule a sentence that says why it does not keep it.")
        List<String> whyNot,

        @Schema(description = "How long it will lie in the trash.")
        Duration trashWindow,

        @Schema(description = "What became of it.") Outcome outcome,

        @Schema(description = "Why it was skipped.") @Nullable
        String detail,

        @Schema(description = "What protects it now.") List<Blocker> blockers) {

    public PlanItem {
        whyNot = List.copyOf(whyNot);
        blockers = List.copyOf(blockers);
    }

    PlanItem trashed() {
        return with(Outcome.TRASHED, null, List.of());
    }

    PlanItem skipped(String because, List<Blocker> standingInTheWay) {
        return with(Outcome.SKIPPED, because, standingInTheWay);
    }

    private PlanItem with(Outcome newOutcome, @Nullable String newDetail, List<Blocker> newBlockers) {
        return new PlanItem(
                job,
                jobId,
                snapshot,
                number,
                kind,
                completedAt,
                totalBytes,
                whyNot,
                trashWindow,
                newOutcome,
                newDetail,
                newBlockers);
    }

    /** What became of an item. */
    public enum Outcome {
        /** The plan was not applied to it. */
        PLANNED,
        /** It went to the trash. */
        TRASHED,
        /** It had changed and was left alone. */
        SKIPPED
    }
}
