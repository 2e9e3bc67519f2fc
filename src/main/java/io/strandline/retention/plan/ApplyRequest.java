package io.strandline.retention.plan;

import org.jspecify.annotations.Nullable;

/**
 * How a plan is to be applied.
 *
 * @param mode what to do about items that have changed since
 * @param force apply it although the clock is suspect; needs a reason
 * @param reason why, for the audit
 */
public record ApplyRequest(
        Mode mode, boolean force, @Nullable String reason) {

    /** Skips what has changed, forces nothing. */
    public static final ApplyRequest SKIPPING = new ApplyRequest(Mode.SKIP_CHANGED, false, null);

    /** What to do about items that have changed since the plan was made. */
    public enum Mode {
        /** Leave them alone and go on. */
        SKIP_CHANGED,
        /** Expire nothing then; a plan over items of one job only. */
        ALL_OR_NOTHING
    }
}
