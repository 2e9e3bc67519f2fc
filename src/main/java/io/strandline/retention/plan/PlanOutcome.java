package io.strandline.retention.plan;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** What applying a plan did. */
@Schema(name = "RetentionPlanOutcome", description = "What applying a plan did.")
public record PlanOutcome(
        @Schema(description = "The plan.") String plan,

        @Schema(description = "How many versions went to the trash.")
        int trashed,

        @Schema(description = "Bytes of all files they name, shared ones included.")
        long trashedBytes,

        @Schema(description = "How many had changed and were left alone; see the plan's items.")
        int skipped,

        @Schema(description = "The first of those that were left alone.")
        List<PlanItem> firstSkipped) {

    private static final int SHOWN = 20;

    public PlanOutcome {
        firstSkipped = List.copyOf(firstSkipped);
    }

    static PlanOutcome of(Plan plan, List<PlanItem> done) {
        List<PlanItem> trashed = done.stream()
                .filter(item -> item.outcome() == PlanItem.Outcome.TRASHED)
                .toList();
        List<PlanItem> skipped = done.stream()
                .filter(item -> item.outcome() == PlanItem.Outcome.SKIPPED)
                .toList();
        return new PlanOutcome(
                plan.id(),
                trashed.size(),
                trashed.stream().mapToLong(PlanItem::totalBytes).sum(),
                skipped.size(),
                skipped.stream().limit(SHOWN).toList());
    }
}
