package io.strandline.version.web;

import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.version.Branches.Move;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A line of the reflog. */
@Schema(name = "HeadMove", description = "A move of a branch's head; checkpoints in a row are folded into one.")
record MoveResponse(
        @Schema(description = "Its place in the journal.", example = "1234")
        long sequence,

        @Schema(
                description = "What moved it: CHECKPOINT, FORK, ROLLBACK, REVERT, RESET, FAST_FORWARD, PROMOTE, UNDO,"
                        + " TAKEN_BACK after a start that failed, or FALLBACK from a damaged head.",
                example = "ROLLBACK")
        String verb,

        @Schema(description = "How many checkpoints were folded; 1 for any other move.", example = "12")
        int count,

        @Schema(description = "The head before; null when there was none.") @Nullable
        VersionRef from,

        @Schema(description = "The head after; null when it was taken away.") @Nullable
        VersionRef to,

        @Schema(description = "When; of folded ones the first.")
        Instant since,

        @Schema(description = "When; of folded ones the last.")
        Instant at,

        @Schema(description = "Who moved it.", example = "ann")
        String actor,

        @Schema(description = "Why.", example = "bad deploy") @Nullable
        String reason,

        @Schema(description = "The operation it belongs to.") @Nullable
        String operationId) {

    static MoveResponse of(Move move) {
        HeadEntry newest = move.newest();
        HeadEntry oldest = move.oldest();
        Long number = newest.toNumber();
        return new MoveResponse(
                newest.sequence(),
                newest.verb(),
                move.count(),
                VersionRef.of(move.from()),
                newest.to() == null || number == null
                        ? null
                        : new VersionRef(newest.to().toString(), number),
                oldest.at(),
                newest.at(),
                newest.cause().actor(),
                newest.cause().reason(),
                newest.cause().operationId());
    }
}
