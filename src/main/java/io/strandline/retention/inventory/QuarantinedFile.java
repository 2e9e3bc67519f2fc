package io.strandline.retention.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A file nobody names that waits to be unlinked. */
@Schema(description = "A file nobody names that waits to be unlinked.")
public record QuarantinedFile(
        @Schema(
                description = "Its digest.",
                example = "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
        String file,

        @Schema(description = "Its length.") long sizeBytes,
        @Schema(description = "When it got there.") Instant since,

        @Schema(description = "When it may be unlinked; null where nobody said.") @Nullable
        Instant unlinkedAfter) {}
