package io.strandline.job;

import io.strandline.catalog.ProblemNote;
import java.time.Duration;

/** What follows a failure. */
sealed interface RestartVerdict {

    /** Start again after a pause. */
    record Restart(Duration pause, RestartTally tally) implements RestartVerdict {}

    /** Leave it FAILED. */
    record GiveUp(ProblemNote problem) implements RestartVerdict {}
}
