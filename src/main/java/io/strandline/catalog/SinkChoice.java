package io.strandline.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where a sink writes on a branch that is not {@code main}.
 *
 * @param mode what was chosen
 * @param path for {@code REDIRECT} of files: the directory under the first files root
 * @param table for {@code REDIRECT} of a database: the table there
 */
public record SinkChoice(
        Mode mode, @Nullable String path, @Nullable String table) {

    /** No rows are written. */
    public static final SinkChoice DISABLED = new SinkChoice(Mode.DISABLED, null, null);

    /** Rows go where the pipeline says. */
    public static final SinkChoice SAME = new SinkChoice(Mode.SAME, null, null);

    public SinkChoice {
        boolean elsewhere = (path == null) != (table == null);
        if (mode == Mode.REDIRECT ? !elsewhere : path != null || table != null) {
            throw new IllegalArgumentException(mode + " to path " + path + " and table " + table);
        }
    }

    /** Files go to another directory. */
    public static SinkChoice toPath(String path) {
        return new SinkChoice(Mode.REDIRECT, path, null);
    }

    /** Rows go to another table. */
    public static SinkChoice toTable(String table) {
        return new SinkChoice(Mode.REDIRECT, null, table);
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
