package io.strandline.retention.plan;

import io.strandline.retention.Protection;
import io.strandline.retention.policy.PolicyEdit;
import io.strandline.retention.policy.PolicyStamp;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What would expire, worked out at one moment; may be applied once. */
@Schema(name = "RetentionPlan", description = "What would expire, worked out at one moment; may be applied once.")
public record Plan(
        @Schema(description = "Its id; ids sort by time.") String id,

        @Schema(description = "Whether it may still be applied.")
        State state,

        @Schema(description = "When it was made.") Instant createdAt,

        @Schema(description = "Who asked for it; system for the schedule.")
        String createdBy,

        @Schema(description = "The time it judged by.") Instant evaluatedAt,

        @Schema(description = "Until when it may be applied.")
        Instant expiresAt,

        @Schema(description = "Names of the jobs it looked at.")
        List<String> jobs,

        @Schema(description = "A policy laid over all levels for this plan alone.") @Nullable
        JsonNode override,

        @Schema(description = "The policy change that this plan confirms.") @Nullable
        PolicyEdit confirms,

        @Schema(description = "The saved policies it was made by.")
        List<PolicyStamp> policyVersions,

        @Schema(description = "How many versions it looked at.")
        int versions,

        @Schema(description = "How many of them expire.") int expiring,
        @Schema(description = "What that frees.") Freed freed,

        @Schema(description = "Caps that protections keep from being met.")
        List<Unmet> capUnmet,

        @Schema(description = "What may surprise.") List<String> warnings,

        @Schema(description = "Whether the clock could not be trusted; applying it then needs force and a reason.")
        boolean clockSuspect,

        @Schema(description = "The operation that applied it.") @Nullable
        String operationId) {

    public Plan {
        override = override == null || override.isNull() ? null : override;
        jobs = List.copyOf(jobs);
        policyVersions = List.copyOf(policyVersions);
        capUnmet = List.copyOf(capUnmet);
        warnings = List.copyOf(warnings);
    }

    Plan usedBy(@Nullable String operation) {
        return with(State.USED, operation);
    }

    Plan ready() {
        return with(State.READY, null);
    }

    private Plan with(State newState, @Nullable String operation) {
        return new Plan(
                id,
                newState,
                createdAt,
                createdBy,
                evaluatedAt,
                expiresAt,
                jobs,
                override,
                confirms,
                policyVersions,
                versions,
                expiring,
                freed,
                capUnmet,
                warnings,
                clockSuspect,
                operation);
    }

    /** Whether a plan may be applied. */
    public enum State {
        /** Not applied yet; until it expires it may be. */
        READY,
        /** Applied, or being applied. */
        USED
    }

    /** Files that no other version names. Trashed versions keep theirs until they are purged. */
    @Schema(name = "FreedSpace", description = "Files that only expiring versions name.")
    public record Freed(int nowFiles, long nowBytes, int afterTrashFiles, long afterTrashBytes) {}

    /** A cap of one branch that cannot be met, and who is in its way; no branch for what is left of deleted ones. */
    @Schema(name = "UnmetCap", description = "A cap that protections keep from being met.")
    public record Unmet(String job, @Nullable String branch, String cap, String detail, List<Keeper> versions) {

        public Unmet {
            versions = List.copyOf(versions);
        }
    }

    /** A version that stays in spite of a cap. */
    public record Keeper(long number, List<Protection> protectedBy) {

        public Keeper {
            protectedBy = List.copyOf(protectedBy);
        }
    }
}
