package io.strandline.job;

import io.strandline.catalog.Branch;
import io.strandline.catalog.ProblemNote;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's end means for its branch.
 *
 * @param finished whether its input had ended and all of it is in a version
 * @param problem what failed, if something did
 * @param desired what is wanted of the branch from now on, null to leave it
 */
record Ending(boolean finished, @Nullable ProblemNote problem, Branch.@Nullable Desired desired) {

    /** Over, with nothing to say about what comes next. */
    static final Ending QUIET = new Ending(false, null, null);

    /** Over because somebody wanted it so. */
    static final Ending STOPPED = new Ending(false, null, Branch.Desired.STOPPED);

    /** Over because there is nothing more to read. */
    static final Ending FINISHED = new Ending(true, null, Branch.Desired.STOPPED);

    /** Over for good because of a problem. */
    static Ending failed(ProblemNote problem) {
        return new Ending(false, problem, Branch.Desired.STOPPED);
    }

    /** Over because of a problem; another one follows. */
    static Ending restarting(ProblemNote problem) {
        return new Ending(false, problem, null);
    }
}
