package io.strandline.retention.policy;

import io.strandline.retention.Departure;
import io.strandline.retention.KeepReason;
import io.strandline.retention.Protection;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of a version, and why. */
@Schema(name = "RetentionExplanation", description = "What becomes of a version, and why.")
public record Explanation(
        @Schema(description = "The version's id.") String snapshot,
        @Schema(description = "The version's number.") long number,
        @Schema(description = "The time it was judged by.") Instant evaluatedAt,
        @Schema(description = "What becomes of it.") Outlook verdict,

        @Schema(description = "What no policy may overrule.")
        List<Protection> protectedBy,

        @Schema(description = "Rules that keep it.") List<KeepReason> keptBy,

        @Schema(description = "For each rule that does not keep it a sentence that says why.")
        List<String> whyNot,

        @Schema(description = "When it goes; null for one that goes with the next plan.") @Nullable
        Departure goes,

        @Schema(
                description =
                        "Whether the sources still have what comes after it; null when nobody can tell. No reason to stay.")
        @Nullable
        Boolean replayable,

        @Schema(description = "For each source that has not a sentence that says what is missing.")
        List<String> notReplayable) {

    public Explanation {
        protectedBy = List.copyOf(protectedBy);
        keptBy = List.copyOf(keptBy);
        whyNot = List.copyOf(whyNot);
        notReplayable = List.copyOf(notReplayable);
    }

    /** What becomes of a version. */
    public enum Outlook {
        /** It stays whatever the rules say. */
        PROTECTED,
        /** A rule keeps it. */
        KEPT,
        /** The next plan takes it. */
        EXPIRES,
        /** It lies in the trash. */
        TRASHED
    }
}
