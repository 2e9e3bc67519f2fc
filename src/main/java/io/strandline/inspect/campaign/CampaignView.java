package io.strandline.inspect.campaign;

import io.strandline.catalog.Campaign;
import io.strandline.catalog.Verification.Level;
import io.strandline.catalog.history.VerificationBacklog;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The campaign: what was set, how much is verified, how far it is. */
@Schema(name = "VerificationCampaign", description = "The campaign: what was set, how much is verified, how far it is.")
public record CampaignView(
        @Schema(description = "Whether versions are verified bit by bit.")
        boolean enabled,

        @Schema(description = "How deep.") Level level,

        @Schema(description = "What may be read for it in a day.", example = "107374182400")
        long bytesPerDay,

        @Schema(description = "How long a version counts as verified.", type = "string", example = "P30D")
        Duration freshFor,

        @Schema(description = "Counts saves; 0 before the first.")
        long version,

        @Schema(description = "When it was saved; null before the first time.") @Nullable
        Instant savedAt,

        @Schema(description = "Who saved it; null before the first time.") @Nullable
        String savedBy,

        @Schema(description = "How much is verified.") Coverage coverage,
        @Schema(description = "How far it is.") CampaignProgress progress) {

    static CampaignView of(Campaign campaign, VerificationBacklog.Coverage coverage, CampaignProgress progress) {
        boolean saved = campaign.version() > 0;
        return new CampaignView(
                campaign.enabled(),
                campaign.level(),
                campaign.bytesPerDay(),
                Duration.ofMillis(campaign.freshMillis()),
                campaign.version(),
                saved ? campaign.savedAt() : null,
                saved ? campaign.savedBy() : null,
                new Coverage(coverage.versions(), coverage.verified(), coverage.damaged(), coverage.ratio()),
                progress);
    }

    /** How much is verified. */
    @Schema(name = "VerificationCoverage", description = "How much is verified.")
    public record Coverage(
            @Schema(description = "Versions that are not in the trash.")
            long versions,

            @Schema(description = "Those that were found intact so deep, within freshFor.")
            long verified,

            @Schema(description = "Those that are known to be damaged or lost.")
            long damaged,

            @Schema(description = "The verified share; 1 when there are no versions.", example = "0.97")
            double ratio) {}
}
