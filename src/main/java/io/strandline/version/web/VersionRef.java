package io.strandline.version.web;

import io.strandline.catalog.Snapshot;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A version, by id and number. */
@Schema(name = "VersionRef", description = "A version, by id and number.")
record VersionRef(
        @Schema(description = "The version's id.") String id,

        @Schema(description = "The version's number.", example = "42")
        long number) {

    static @Nullable VersionRef of(@Nullable Snapshot version) {
        return version == null ? null : new VersionRef(version.id().toString(), version.number());
    }
}
