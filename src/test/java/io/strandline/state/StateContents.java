package io.strandline.state;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the four states of a {@link StateHarness} hold, as plain maps: one of each form and width that a backend has to store. */
record StateContents(
        Map<Long, List<Long>> counts,
        Map<String, Map<Long, Long>> windows,
        Map<String, Note> notes,
        TreeSet<Timer> timers) {

    static final StateSchema COUNTS = new StateSchema(
            "counts",
            StateSchema.Form.KEYED,
            List.of(new Column("id", ColumnType.LONG)),
            false,
            List.of(new Column("count", ColumnType.LONG), new Column("sum", ColumnType.DOUBLE)));
    static final StateSchema WINDOWS = new StateSchema(
            "windows",
            StateSchema.Form.KEYED,
            List.of(new Column("name", ColumnType.STRING), new Column("rate", ColumnType.DOUBLE)),
            true,
            List.of(new Column("count", ColumnType.LONG)));
    static final StateSchema NOTES = new StateSchema(
            "notes",
            StateSchema.Form.KEYED,
            List.of(new Column("name", ColumnType.STRING)),
            false,
            List.of(
                    new Column("newest", ColumnType.STRING),
                    new Column("count", ColumnType.LONG),
                    new Column("all", ColumnType.BYTES)));
    static final StateSchema TIMERS = new StateSchema(
            "timers", StateSchema.Form.TIMERS, List.of(new Column("name", ColumnType.STRING)), true, List.of());

    /** What a stored version of the harness' operator holds. */
    static StateContents read(SnapshotReaders readers, List<OperatorContent> operators, SnapshotStore store)
            throws IOException {
        StateContents contents = new StateContents(new HashMap<>(), new HashMap<>(), new HashMap<>(), new TreeSet<>());
        try (SnapshotReader reader = readers.open(operators, StateHarness.MAX_PARALLELISM, store)) {
            reader.scan(
                    StateHarness.OPERATOR,
                    COUNTS.name(),
                    entry -> contents.counts.put(
                            (Long) entry.key().get(0),
                            List.of((Long) entry.value().get(0), Double.doubleToRawLongBits((Double)
                                    entry.value().get(1)))));
            reader.scan(
                    StateHarness.OPERATOR,
                    WINDOWS.name(),
                    entry -> contents.windows
                            .computeIfAbsent((String) entry.key().get(0), any -> new HashMap<>())
                            .put(entry.namespace(), (Long) entry.value().get(0)));
            reader.scan(StateHarness.OPERATOR, NOTES.name(), entry -> {
                byte[] all = (byte[]) entry.value().get(2);
                contents.notes.put(
                        (String) entry.key().get(0),
                        new Note(
                                (String) entry.value().get(0),
                                (Long) entry.value().get(1),
                                new String(all, StandardCharsets.UTF_8)));
            });
            reader.scan(
                    StateHarness.OPERATOR,
                    TIMERS.name(),
                    entry -> contents.timers.add(new Timer(
                            (Long) entry.value().get(0), (String) entry.key().get(0), entry.namespace())));
        }
        return contents;
    }

    /** The same, whatever happens to these maps; a key without a window is left out. */
    StateContents copy() {
        Map<String, Map<Long, Long>> copied = new HashMap<>();
        windows.forEach((key, byWindow) -> {
            if (!byWindow.isEmpty()) {
                copied.put(key, new HashMap<>(byWindow));
            }
        });
        return new StateContents(new HashMap<>(counts), copied, new HashMap<>(notes), new TreeSet<>(timers));
    }

    Map<Long, List<Long>> sortedCounts() {
        return new TreeMap<>(counts);
    }

    /** Contents of variable width. */
    record Note(String newest, long count, String all) {}

    /** A timer. */
    record Timer(long time, String key, long namespace) implements Comparable<Timer> {

        @Override
        public int compareTo(Timer other) {
            int order = Long.compare(time, other.time);
            order = order != 0 ? order : key.compareTo(other.key);
            return order != 0 ? order : Long.compare(namespace, other.namespace);
        }
    }
}
