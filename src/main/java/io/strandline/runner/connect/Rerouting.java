package io.strandline.runner.connect;

import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SinkSpec.DiscardSink;
import io.strandline.pipeline.SinkSpec.FileSink;
import io.strandline.pipeline.SinkSpec.JdbcSink;
import io.strandline.runner.SinkRoute;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pipeline whose sinks write where one start wants them to. */
public final class Rerouting {

    private Rerouting() {}

    /**
     * The document as it runs; sinks without a route stay as they are.
     *
     * @throws IllegalArgumentException when a route does not fit its sink
     */
    public static PipelineDocument of(PipelineDocument document, Map<String, SinkRoute> routes) {
        return routes.isEmpty()
                ? document
                : document.withSinks(document.sinks().stream()
                        .map(sink -> rerouted(sink, routes.get(sink.name())))
                        .toList());
    }

    private static SinkSpec rerouted(SinkSpec sink, @Nullable SinkRoute route) {
        if (route == null) {
            return sink;
        }
        if (route instanceof SinkRoute.Nowhere) {
            return new DiscardSink(sink.name(), sink.input());
        }
        if (route instanceof SinkRoute.ToPath to && sink instanceof FileSink file) {
            return new FileSink(file.name(), file.input(), to.path(), file.format());
        }
        if (route instanceof SinkRoute.ToTable to && sink instanceof JdbcSink jdbc) {
            return new JdbcSink(
                    jdbc.name(),
                    jdbc.input(),
                    jdbc.connection(),
                    to.table(),
                    jdbc.mode(),
                    jdbc.keys(),
                    jdbc.deadLetters());
        }
        throw new IllegalArgumentException("sink " + sink.name() + " of type " + sink.type() + " cannot go " + route);
    }
}
