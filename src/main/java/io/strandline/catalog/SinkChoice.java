package io.strandline.catalog;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a sink writes on a branch that is not {@code main}.
 *
 * @param mode what was chosen
 * @param path for {@code REDIRECT} of files: the directory under the first files root
 * @param table for {@code REDIRECT} of a database: the table there
 * @param earlier directories it was sent to before, oldest first: what the branch has shown there is still its output. Entries
 *     of the journal may lack it
 */
public record SinkChoice(
        Mode mode, @Nullable String path, @Nullable String table, List<String> earlier) {

    /** No rows are written. */
    public static final SinkChoice DISABLED = new SinkChoice(Mode.DISABLED, null, null, List.of());

    /** Rows go where the pipeline says. */
    public static final SinkChoice SAME = new SinkChoice(Mode.SAME, null, null, List.of());

    public SinkChoice {
        boolean elsewhere = (path == null) != (table == null);
        if (mode == Mode.REDIRECT ? !elsewhere : path != null || table != null) {
            throw new IllegalArgumentException(mode + " to path " + path + " and table " + table);
        }
        earlier = earlier == null ? List.of() : List.copyOf(earlier);
    }

    /** Files go to another directory. */
    public static SinkChoice toPath(String path) {
        return new SinkChoice(Mode.REDIRECT, path, null, List.of());
    }

    /** Rows go to another table. */
    public static SinkChoice toTable(String table) {
        return new SinkChoice(Mode.REDIRECT, null, table, List.of());
    }

    /** The same in place of another choice, whose directories are kept in mind. */
    public SinkChoice after(@Nullable SinkChoice before) {
        if (before == null) {
            return this;
        }
        List<String> places = Stream.concat(before.earlier.stream(), Stream.ofNullable(before.path))
                .filter(place -> !place.equals(path))
                .distinct()
                .toList();
        return new SinkChoice(mode, path, table, places);
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
