package io.strandline.version.move;

import org.jspecify.annotations.Nullable;

/** A move of a head as somebody wants it. */
public sealed interface MoveRequest permits RestoreRequest, FastForwardRequest, PromoteRequest, UndoRequest {

    /** What becomes of output that a branch's new head does not have. */
    enum Outputs {
        /** Sinks take it back. */
        REVERT,
        /** It stays where it is. */
        LEAVE
    }

    /** The branch whose head is to move. */
    String moved();

    /** How it is to be made. */
    MovePlan.Options options();

    /** Why, for the audit. */
    @Nullable
    String reason();
}
