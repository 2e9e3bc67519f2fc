package io.strandline.version;

import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A hold as somebody wants it. */
@Schema(description = "A hold to place.")
public record HoldRequest(
        @Schema(description = "Why the version has to stay.", example = "audit 2026") @NotBlank @Size(max = 1000)
        String reason,

        @Schema(description = "When the hold ends by itself; never when left out.", example = "2027-01-01T00:00:00Z")
        @Nullable
        Instant expiresAt) {}
