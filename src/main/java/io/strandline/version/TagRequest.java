package io.strandline.version;

import io.strandline.catalog.lookup.Revision;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag as somebody wants it. */
@Schema(description = "A tag to make.")
public record TagRequest(
        @Schema(description = "The version to name, by any revision expression.", example = "42", type = "string")
        @NotNull
        Revision snapshot,

        @Schema(description = "What the tag is for.", example = "before the schema change") @Size(max = 1000) @Nullable
        String message,

        @Schema(description = "When the tag ends by itself; never when left out.", example = "2027-01-01T00:00:00Z")
        @Nullable
        Instant expiresAt,

        @Schema(description = "Why, for the audit.", example = "release 2.0") @Size(max = 1000) @Nullable
        String reason) {}
