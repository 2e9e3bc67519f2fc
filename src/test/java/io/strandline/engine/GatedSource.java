package io.strandline.engine;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A source that has nothing yet while its gate is shut. */
record GatedSource(Source rows, BooleanSupplier open) implements Source {

    @Override
    public RowType type() {
        return rows.type();
    }

    @Override
    public List<String> splits() {
        return rows.splits();
    }

    @Override
    public SplitReader open(String split, long offset) throws IOException {
        SplitReader reader = rows.open(split, offset);
        return new SplitReader() {
            @Override
            public Availability read(Batch into, int max) throws IOException {
                return open.getAsBoolean() ? reader.read(into, max) : Availability.LATER;
            }

            @Override
            public long offset() {
                return reader.offset();
            }

            @Override
            public void close() throws IOException {
                reader.close();
            }
        };
    }
}
