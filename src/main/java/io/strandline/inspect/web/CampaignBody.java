package io.strandline.inspect.web;

import io.strandline.catalog.Verification.Level;
import io.strandline.inspect.campaign.CampaignEdit;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the campaign is to be. */
@Schema(name = "VerificationCampaignRequest", description = "What the campaign is to be.")
record CampaignBody(
        @Schema(description = "Whether versions are verified bit by bit.", example = "true") @NotNull
        Boolean enabled,

        @Schema(description = "How deep.", defaultValue = "CHECKSUMS", example = "CHECKSUMS") @Nullable
        Level level,

        @Schema(
                description = "What may be read for it in a day.",
                defaultValue = "107374182400",
                example = "107374182400")
        @Min(1)
        @Nullable
        Long bytesPerDay,

        @Schema(
                description = "How long a version counts as verified, a minute to ten years.",
                type = "string",
                defaultValue = "P30D",
                example = "P30D")
        @Nullable
        Duration freshFor) {

    private static final long BYTES_A_DAY = 100L << 30;
    private static final Duration FRESH = Duration.ofDays(30);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(3660);

    CampaignEdit edit() {
        Duration fresh = freshFor == null ? FRESH : freshFor;
        if (fresh.compareTo(SHORTEST) < 0 || fresh.compareTo(LONGEST) > 0) {
            String detail = "freshFor is " + fresh + "; use PT1M to P3660D.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/freshFor", detail)
                    .asException();
        }
        return new CampaignEdit(
                enabled,
                level == null ? Level.CHECKSUMS : level,
                bytesPerDay == null ? BYTES_A_DAY : bytesPerDay,
                fresh);
    }
}
