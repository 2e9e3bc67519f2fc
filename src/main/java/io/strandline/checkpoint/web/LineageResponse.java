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

        @Schema(description = "The version at distance 0, then its relatives, at most 1000. Tombstones are among them.")
        List<Node> items,

        @Schema(description = "Whether there are more within the depth that was asked for.")
        boolean truncated) {

    /** One of them. */
    @Schema(name = "LineageNode")
    record Node(
            @Schema(description = "Steps from the version asked about.", example = "1")
            int distance,

            @Schema(
                    description =
                            "The relative. Its parent, base and revertsTo are the graph's edges, tags its names; a restore is a"
                                    + " base that is not the parent.")
            SnapshotResponse snapshot,

            @Schema(description = "Branches whose head it is.")
            List<String> heads,

            @Schema(description = "Branches that were forked from it.")
            List<String> forks) {}

    static LineageResponse of(Job job, String id, Snapshots.Direction direction, Snapshots.Lineage lineage) {
        return new LineageResponse(
                id,
                direction,
                lineage.relatives().stream()
                        .map(relative -> new Node(
                                relative.distance(),
                                SnapshotResponse.of(job, relative.version()),
                                relative.heads(),
                                relative.forks()))
                        .toList(),
                lineage.cut());
    }
}
