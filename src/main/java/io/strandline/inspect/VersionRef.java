package io.strandline.inspect;

import io.strandline.catalog.Snapshot;
import io.swagger.v3.oas.annotations.media.Schema;

/**
 * The version an expression meant.
 *
 * @param id its id
 * @param number its number
 */
@Schema(name = "InspectedVersion", description = "The version that was meant.")
public record VersionRef(
        @Schema(description = "Its id.", example = "01990f3c-5a00-7abc-8def-0123456789ab")
        String id,

        @Schema(description = "Its number within the job.", example = "42")
        long number) {

    public static VersionRef of(Snapshot version) {
        return new VersionRef(version.id().toString(), version.number());
    }
}
