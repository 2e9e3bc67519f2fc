package io.strandline.version.move;

import io.strandline.job.Launch;

/** What moves a head when a person asks for it; the reflog has it by this name. */
public enum MoveVerb {
    /** Back to an ancestor. */
    ROLLBACK(Launch.RESTORE),
    /** To a new version with an earlier one's files. */
    REVERT(Launch.RESTORE),
    /** To any version of the job. */
    RESET(Launch.RESTORE),
    /** On to a descendant. */
    FAST_FORWARD(Launch.FAST_FORWARD),
    /** {@code main} to the head of a fork. */
    PROMOTE(Launch.PROMOTE),
    /** To where it was before the last of these. */
    UNDO(Launch.UNDO);

    /** What a move back is called in the reflog, after a start that failed. */
    static final String TAKEN_BACK = "TAKEN_BACK";

    private final String because;

    MoveVerb(String because) {
        this.because = because;
    }

    /** Why an instance ends and the next begins with it. */
    String because() {
        return because;
    }

    /** Whether the reflog's {@code verb} is a move that can be undone. */
    static boolean canBeUndone(String verb) {
        for (MoveVerb known : values()) {
            if (known != UNDO && known.name().equals(verb)) {
                return true;
            }
        }
        return false;
    }
}
