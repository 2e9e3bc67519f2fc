package io.strandline.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.SplitReader;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance that can neither go on nor be closed in good order. */
class FailingCloseTests {

    private static final SequenceSource ENDLESS = new SequenceSource(1, Long.MAX_VALUE, 50, 3);
    private static final EngineSettings ONE_WORKER = new EngineSettings(1, 64, 4, Duration.ofMillis(1));

    @TempDir
    Path directory;

    @Test
    void endsAndLeavesItsWorkerToOthersWhenClosingThrowsWhatReadingThrew() {
        try (EngineHarness harness = new EngineHarness(directory, ONE_WORKER)) {
            var healthy = harness.start(
                    SequenceJobs.copied(ENDLESS, 1, new DiscardSink(), 10_000L), EngineHarness.every(null));
            healthy.awaitRecords("out", 1);
            var broken = harness.start(reading(new Gone()), EngineHarness.every(null));

            assertThat(broken.end()).isInstanceOf(JobEnd.Failed.class);
            healthy.awaitRecords("out", healthy.operator("out").recordsIn() + 100);
            healthy.cancel();
        }
    }

    private static JobGraph reading(Source source) {
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("gone", 1, source, null, null),
                        new Vertex.SinkVertex("out", 1, new DiscardSink())),
                List.of(new Edge("gone", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    /** A source that is gone, and says so whatever it is asked, each time with the same exception. */
    private static final class Gone implements Source {

        private final IOException gone = new IOException("the source is gone");

        @Override
        public RowType type() {
            return ENDLESS.type();
        }

        @Override
        public List<String> splits() {
            return List.of("only");
        }

        @Override
        public SplitReader open(String split, long offset) {
            return new SplitReader() {
                @Override
                public Availability read(Batch into, int max) throws IOException {
                    throw gone;
                }

                @Override
                public long offset() {
                    return 0;
                }

                @Override
                public void close() throws IOException {
                    throw gone;
                }
            };
        }
    }
}
