package io.strandline.inspect.campaign;

import io.strandline.catalog.Verification.Outcome;
import io.strandline.inspect.VersionRef;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far the campaign is; survives a restart, not the loss of the catalog. */
@Schema(description = "How far the campaign is.")
public record CampaignProgress(
        @Schema(description = "Versions it has verified.") long versions,
        @Schema(description = "Bytes it has read for that.") long readBytes,

        @Schema(description = "Versions it found damaged.") long damaged,

        @Schema(description = "When it may go on, by its bytes a day.")
        Instant notBefore,

        @Schema(description = "What it verified last; null before the first.") @Nullable
        Last last) {

    /** What was verified last. */
    @Schema(name = "CampaignVerification", description = "What was verified last.")
    public record Last(
            @Schema(description = "Its job.", example = "flights")
            String job,

            @Schema(description = "The version.") VersionRef snapshot,
            @Schema(description = "What was found.") Outcome outcome,
            @Schema(description = "When.") Instant at) {}

    /** Before the first version. */
    static CampaignProgress none(Instant now) {
        return new CampaignProgress(0, 0, 0, now, null);
    }

    /** After one more version, whose reading used the budget up to {@code next}. */
    CampaignProgress after(Last verified, long bytes, Instant next) {
        return new CampaignProgress(
                versions + 1,
                readBytes + bytes,
                damaged + (verified.outcome == Outcome.DAMAGED ? 1 : 0),
                next,
                verified);
    }
}
