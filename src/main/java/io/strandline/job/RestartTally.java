package io.strandline.job;

import org.jspecify.annotations.Nullable;

/**
 * What a branch's failures amount to so far.
 *
 * @param restarts restarts since the branch last ran stably
 * @param poison the poison record that failed last, null when the last failure was another
 * @param poisonTimes how often in a row it was that record
 */
record RestartTally(int restarts, @Nullable String poison, int poisonTimes) {

    /** Before the first failure. */
    static final RestartTally NONE = new RestartTally(0, null, 0);
}
