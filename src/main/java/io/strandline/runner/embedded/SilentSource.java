package io.strandline.runner.embedded;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import java.util.List;

/** Stands where a version's source was, and never has a row. */
final class SilentSource implements Source {

    private static final String ANY = "any";

    private final RowType type;
    private final List<String> splits;

    /** @param splits those the version knows */
    SilentSource(RowType type, List<String> splits) {
        this.type = type;
        this.splits = splits.isEmpty() ? List.of(ANY) : List.copyOf(splits);
    }

    @Override
    public RowType type() {
        return type;
    }

    @Override
    public List<String> splits() {
        return splits;
    }

    @Override
    public SplitReader open(String split, long offset) {
        return new SilentReader(offset);
    }

    /** Never ends, so that nothing is computed from an end of input. */
    private record SilentReader(long offset) implements SplitReader {

        @Override
        public Availability read(Batch into, int max) {
            return Availability.LATER;
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
