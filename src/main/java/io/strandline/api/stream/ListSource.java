package io.strandline.api.stream;

import io.strandline.api.operator.StreamForm;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.element.Watermark;
import java.util.List;

/** The values of a list, in one split whose offset is the index. */
final class ListSource<T> implements Source {

    private final StreamForm<T> form;
    private final List<T> values;

    ListSource(StreamForm<T> form, List<T> values) {
        this.form = form;
        this.values = List.copyOf(values);
    }

    @Override
    public RowType type() {
        return form.rows();
    }

    @Override
    public List<String> splits() {
        return List.of("values");
    }

    @Override
    public SplitReader open(String split, long offset) {
        return new Reader((int) offset);
    }

    /** Reads on from an index. */
    private final class Reader implements SplitReader {

        private int next;

        Reader(int next) {
            this.next = next;
        }

        @Override
        public Availability read(Batch into, int max) {
            for (int read = 0; read < max && next < values.size(); read++) {
                int row = into.size();
                form.write(values.get(next++), into, row);
                into.timestamps()[row] = Watermark.NONE;
                into.size(row + 1);
            }
            return next < values.size() ? Availability.MORE : Availability.END;
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
