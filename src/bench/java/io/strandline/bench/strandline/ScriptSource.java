package io.strandline.bench.strandline;

import io.strandline.bench.measure.Rows;
import io.strandline.bench.measure.Script;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Plays a script: key, value, and when the record was created.
 *
 * @param script what is played
 * @param parallelism number of splits
 */
record ScriptSource(Script script, int parallelism) implements Source {

    static final int KEY = 0;
    static final int VALUE = 1;
    static final int CREATED = 2;

    static final RowType TYPE = new RowType(List.of(
            new Column("key", ColumnType.LONG),
            new Column("value", ColumnType.LONG),
            new Column("created", ColumnType.TIMESTAMP)));

    @Override
    public RowType type() {
        return TYPE;
    }

    @Override
    public List<String> splits() {
        return IntStream.range(0, parallelism).mapToObj(Integer::toString).toList();
    }

    @Override
    public SplitReader open(String split, long offset) {
        return new Reader(Integer.parseInt(split), offset);
    }

    /** Reads one split, whose offsets are positions in the script. */
    private final class Reader implements SplitReader {

        private final int split;
        private long next;

        Reader(int split, long offset) {
            this.split = split;
            this.next = offset;
        }

        @Override
        public Availability read(Batch into, int max) {
            int from = into.size();
            int read = script.fill(
                    split, next, new Rows(into.longs(KEY), into.longs(VALUE), into.longs(CREATED), from, max));
            next += read;
            into.size(from + read);
            return read == 0 ? Availability.LATER : Availability.MORE;
        }

        @Override
        public long offset() {
            return next;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
