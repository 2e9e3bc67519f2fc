package io.strandline.engine.task;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Splits of times that a test appends to while they are read. */
final class ScriptedSource implements Source {

    private final Map<String, List<Long>> times = new TreeMap<>();
    private final Set<String> ended = new HashSet<>();

    ScriptedSource(List<String> splits) {
        splits.forEach(split -> times.put(split, new ArrayList<>()));
    }

    void add(String split, long time) {
        times.get(split).add(time);
    }

    void end(String split) {
        ended.add(split);
    }

    @Override
    public RowType type() {
        return new RowType(List.of(new Column("time", ColumnType.TIMESTAMP)));
    }

    @Override
    public List<String> splits() {
        return List.copyOf(times.keySet());
    }

    @Override
    public SplitReader open(String split, long offset) {
        return new SplitReader() {
            private int next = (int) offset;

            @Override
            public Availability read(Batch into, int max) {
                List<Long> rows = times.get(split);
                for (int row = 0; row < max && next < rows.size(); row++) {
                    into.longs(0)[into.size()] = rows.get(next++);
                    into.size(into.size() + 1);
                }
                if (next < rows.size()) {
                    return Availability.MORE;
                }
                return ended.contains(split) ? Availability.END : Availability.LATER;
            }

            @Override
            public long offset() {
                return next;
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }
}
