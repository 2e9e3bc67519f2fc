package io.strandline.engine;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One split of times with a key, which a test appends to; it never ends by itself. */
final class ScriptedTimes implements Source {

    private final List<Long> times;

    ScriptedTimes(List<Long> times) {
        this.times = new CopyOnWriteArrayList<>(times);
    }

    void add(long time) {
        times.add(time);
    }

    @Override
    public RowType type() {
        return new RowType(List.of(new Column("time", ColumnType.TIMESTAMP), new Column("key", ColumnType.LONG)));
    }

    @Override
    public List<String> splits() {
        return List.of("only");
    }

    @Override
    public SplitReader open(String split, long offset) {
        return new SplitReader() {
            private int next = (int) offset;

            @Override
            public Availability read(Batch into, int max) {
                for (int row = 0; row < max && next < times.size(); row++) {
                    into.longs(0)[into.size()] = times.get(next++);
                    into.longs(1)[into.size()] = 1;
                    into.size(into.size() + 1);
                }
                return Availability.LATER;
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
