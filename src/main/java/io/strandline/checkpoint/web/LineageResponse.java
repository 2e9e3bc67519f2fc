package io.strandline.checkpoint.web;

import io.strandline.catalog.Job;
import io.strandline.checkpoint.Snapshots;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/** A version's relatives. */
@Schema(name = "Lineage", description = "A version and its relatives, nearest first.")
record LineageResponse(
        @Schema(description = "The id the expression meant.")
        String snapshot,

        @Schema(description = "Which way it was followed.") Snapshots.Direction direction,

        @Schema(description = "The version at distance 0, then its relatives. Tombstones are among them.")
        List<Node> items) {

    /** One of them. */
    @Schema(name = "LineageNode")
    record Node(
            @Schema(description = "Steps from the version asked about.", example = "1")
            int distance,

            @Schema(description = "The relative.") SnapshotResponse snapshot) {}

    static LineageResponse of(Job job, String id, Snapshots.Direction direction, List<Snapshots.Relative> relatives) {
        return new LineageResponse(
                id,
                direction,
                relatives.stream()
                        .map(relative -> new Node(relative.distance(), SnapshotResponse.of(job, relative.version())))
                        .toList());
    }
}
