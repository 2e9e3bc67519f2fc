package io.strandline.security.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a key is to get another secret. */
@Schema(name = "ApiKeyRotation", description = "How a key is to get another secret.")
record RotationBody(
        @Schema(
                description = "How long the secret it has now counts beside the new one, at most 30 days.",
                type = "string",
                defaultValue = "PT0S",
                example = "PT1H")
        @Nullable
        Duration overlap,

        @Schema(description = "Why, for the audit.", example = "yearly") @Size(max = 1000) @Nullable
        String reason) {

    private static final Duration LONGEST = Duration.ofDays(30);

    static final RotationBody AT_ONCE = new RotationBody(null, null);

    Duration checkedOverlap() {
        Duration wanted = overlap == null ? Duration.ZERO : overlap;
        if (wanted.isNegative() || wanted.compareTo(LONGEST) > 0) {
            String detail = "overlap is " + wanted + "; use PT0S to P30D.";
            throw Problem.of(ErrorCode.INVALID_BODY, detail)
                    .withError("/overlap", detail)
                    .asException();
        }
        return wanted;
    }
}
