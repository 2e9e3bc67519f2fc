package io.strandline.bench.flink;

import io.strandline.bench.measure.Lane;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Counts rows as they arrive. */
final class CountingSink implements Sink<Totals> {

    private static final long serialVersionUID = 1L;

    @Override
    public SinkWriter<Totals> createWriter(WriterInitContext context) {
        return new Writer(Shared.arrivals().open());
    }

    /** Counts into a lane. */
    private record Writer(Lane lane) implements SinkWriter<Totals> {

        @Override
        public void write(Totals totals, Context context) {
            lane.one(totals.created);
        }

        @Override
        public void flush(boolean endOfInput) {
            // holds nothing
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
