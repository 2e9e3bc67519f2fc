package io.strandline.inspect.diff;

import io.strandline.inspect.VersionRef;
import io.strandline.inspect.diff.StateDiff.DiffCounts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** What two versions of a job differ in, as it was found once; versions do not change. */
@Schema(description = "What two versions of a job differ in.")
public record Diff(
        @Schema(description = "Its id; ids sort by time.", example = "01990f3c-5a00-7abc-8def-0123456789ab")
        String id,

        @Schema(description = "The job.", example = "flights")
        String job,

        @Schema(description = "The one version.") VersionRef from,
        @Schema(description = "The other version.") VersionRef to,
        @Schema(description = "What it is limited to.") DiffFilter filter,
        @Schema(description = "When it was made.") Instant createdAt,

        @Schema(description = "Until when it is kept; made again it is the same.")
        Instant expiresAt,

        @Schema(
                description = "Whether equal state digests showed that nothing differs, so that no state was read.",
                example = "false")
        boolean equalByDigest,

        @Schema(description = "What differs in all states together.")
        DiffCounts counts,

        @Schema(description = "Each operator of either version.")
        List<OperatorDiff> operators,

        @Schema(description = "Positions of sources that differ.")
        List<SourceDiff> sources,

        @Schema(description = "What finding it took.") Cost cost) {

    public Diff {
        operators = List.copyOf(operators);
        sources = List.copyOf(sources);
    }

    /** What finding it took. */
    @Schema(name = "DiffCost", description = "What finding it took.")
    public record Cost(
            @Schema(description = "Bytes of files that were looked at.")
            long readBytes,

            @Schema(description = "Bytes that both versions have in the states compared.")
            long stateBytes,

            @Schema(description = "How long it took.") long durationMillis) {}
}
