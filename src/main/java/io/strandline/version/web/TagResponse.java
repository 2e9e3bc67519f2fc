package io.strandline.version.web;

import io.strandline.catalog.Tag;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A tag as clients see it. */
@Schema(name = "Tag", description = "A name for a version that never moves and keeps it from being collected.")
record TagResponse(
        @Schema(description = "Its name.", example = "before-v2")
        String name,

        @Schema(description = "The version it names.") VersionRef snapshot,

        @Schema(description = "What it is for.", example = "before the schema change") @Nullable
        String message,

        @Schema(description = "Who made it.", example = "ann")
        String createdBy,

        @Schema(description = "When it was made.") Instant createdAt,

        @Schema(description = "When it ends by itself; null for never.") @Nullable
        Instant expiresAt) {

    static TagResponse of(Tag tag) {
        return new TagResponse(
                tag.name(),
                new VersionRef(tag.snapshot().toString(), tag.number()),
                tag.message(),
                tag.createdBy(),
                tag.createdAt(),
                tag.expiresAt());
    }
}
