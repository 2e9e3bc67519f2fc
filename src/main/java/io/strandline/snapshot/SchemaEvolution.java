package io.strandline.snapshot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How stored entries of a state are read under the schema a pipeline declares now.
 *
 * <p>A value's columns are matched by name: one that is new starts with its default, one that is gone is dropped, LONG may
 * become DOUBLE. Everything else, above all a change of the key or of a column whose name begins with a tilde (the operator's
 * own, which tells the shape of a window or the bounds of a join), cannot be read.
 *
 * @param stored the schema in the version
 * @param declared the schema of the pipeline
 * @param columns for each declared value column where its words come from; empty when {@link #refusal} is set
 * @param refusal why it cannot be read, null when it can
 */
public record SchemaEvolution(
        StateSchema stored,
        StateSchema declared,
        List<Source> columns,
        @Nullable String refusal) {

    public SchemaEvolution {
        columns = List.copyOf(columns);
    }

    /**
     * Where a declared value column comes from.
     *
     * @param column index of the stored value column, {@link #DEFAULT} for none
     * @param widened whether a stored LONG becomes a DOUBLE
     */
    public record Source(int column, boolean widened) {

        /** The column is new: every restored entry starts with its default. */
        public static final int DEFAULT = -1;
    }

    /** Compares two schemas of one state. */
    public static SchemaEvolution between(StateSchema stored, StateSchema declared) {
        String shape = shapeRefusal(stored, declared);
        if (shape != null) {
            return new SchemaEvolution(stored, declared, List.of(), shape);
        }
        Map<String, Integer> byName = new HashMap<>();
        for (int index = 0; index < stored.value().size(); index++) {
            byName.put(stored.value().get(index).name(), index);
        }
        List<Source> columns = new ArrayList<>();
        for (Column wanted : declared.value()) {
            Integer index = byName.get(wanted.name());
            Column found = index == null ? wanted : stored.value().get(index);
            boolean widened = found.type() == ColumnType.LONG && wanted.type() == ColumnType.DOUBLE;
            if (found.type() != wanted.type() && !widened || !found.readableAs(wanted)) {
                String retyped =
                        "column %s was %s and is %s now".formatted(wanted.name(), found.describe(), wanted.describe());
                return new SchemaEvolution(stored, declared, List.of(), retyped);
            }
            columns.add(new Source(index == null ? Source.DEFAULT : index, widened));
        }
        return new SchemaEvolution(stored, declared, columns, null);
    }

    private static @Nullable String shapeRefusal(StateSchema stored, StateSchema declared) {
        if (stored.form() != declared.form()) {
            return "it was %s and is %s now".formatted(stored.form(), declared.form());
        }
        if (!stored.key().equals(declared.key())) {
            return "its key changed";
        }
        if (stored.namespaced() != declared.namespaced()) {
            return stored.namespaced() ? "it had windows and has none now" : "it had no windows and has them now";
        }
        List<String> before = marks(stored);
        List<String> now = marks(declared);
        return before.equals(now) ? null : "it was kept with %s and would be with %s now".formatted(before, now);
    }

    /** Names that begin with a tilde: what an operator has to know to read its own entries. */
    private static List<String> marks(StateSchema schema) {
        return schema.value().stream()
                .map(Column::name)
                .filter(name -> name.startsWith("~"))
                .toList();
    }

    /** Whether entries can be read. */
    public boolean compatible() {
        return refusal == null;
    }

    /** Whether entries are read as they are. */
    public boolean unchanged() {
        return compatible() && stored.value().equals(declared.value());
    }

    /** One sentence: what becomes of the columns that changed, or why they cannot be read, and both schemas; for what is read as
     * it is, one schema. */
    public String explanation() {
        if (unchanged()) {
            return "stored as " + stored.describe();
        }
        String schemas = "stored as %s, declared as %s".formatted(stored.describe(), declared.describe());
        return (refusal == null ? String.join(", ", changes()) : refusal) + ": " + schemas;
    }

    private List<String> changes() {
        List<String> changes = new ArrayList<>();
        for (int index = 0; index < columns.size(); index++) {
            Column column = declared.value().get(index);
            if (columns.get(index).column() == Source.DEFAULT) {
                changes.add("column %s is new and starts with its default".formatted(column.name()));
            } else if (columns.get(index).widened()) {
                changes.add("column %s is widened to %s".formatted(column.name(), column.type()));
            } else if (!stored.value().get(columns.get(index).column()).equals(column)) {
                changes.add("column %s is read as %s".formatted(column.name(), column.describe()));
            }
        }
        for (int index = 0; index < stored.value().size(); index++) {
            int old = index;
            if (columns.stream().noneMatch(source -> source.column() == old)) {
                changes.add("column %s is dropped"
                        .formatted(stored.value().get(index).name()));
            }
        }
        return changes.isEmpty() ? List.of("columns are in another order") : changes;
    }
}
