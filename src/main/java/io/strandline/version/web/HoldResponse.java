package io.strandline.version.web;

import io.strandline.catalog.Hold;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A hold as clients see it. */
@Schema(name = "Hold", description = "Keeps a version from being deleted.")
record HoldResponse(
        @Schema(description = "Its id.") String id,
        @Schema(description = "The version it holds.") String snapshot,

        @Schema(description = "USER holds are released by people, SYSTEM holds by the server.")
        Hold.Kind kind,

        @Schema(description = "Why.", example = "audit 2026")
        String reason,

        @Schema(description = "Who placed it.", example = "ann")
        String placedBy,

        @Schema(description = "For SYSTEM holds what it serves.", example = "branch:main") @Nullable
        String owner,

        @Schema(description = "When it was placed.") Instant placedAt,

        @Schema(description = "When it ends by itself; null for never.") @Nullable
        Instant expiresAt) {

    static HoldResponse of(Hold hold) {
        return new HoldResponse(
                hold.id(),
                hold.snapshot().toString(),
                hold.kind(),
                hold.reason(),
                hold.placedBy(),
                hold.owner(),
                hold.placedAt(),
                hold.expiresAt());
    }
}
