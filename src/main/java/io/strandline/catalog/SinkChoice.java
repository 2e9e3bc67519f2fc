package io.strandline.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where a sink writes on a branch that is not {@code main}.
 *
 * @param mode what was chosen
 * @param target for {@code REDIRECT}: the path of files, or the table of a database; else null
 */
public record SinkChoice(Mode mode, @Nullable String target) {

    public SinkChoice {
        if ((mode == Mode.REDIRECT) == (target == null)) {
            throw new IllegalArgumentException(mode + " with the target " + target);
        }
    }

    /** What can be chosen. */
    public enum Mode {
        /** Rows are dropped. */
        DISABLED,
        /** Rows go somewhere else. */
        REDIRECT,
        /** Rows go where the pipeline says, beside those of other branches. */
        SAME
    }
}
