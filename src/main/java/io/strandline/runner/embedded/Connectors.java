package io.strandline.runner.embedded;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.element.RowType;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.runner.StartObstacle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A pipeline's sources and sinks as the engine's, their paths resolved within the files roots. */
final class Connectors {

    private final FilesRoots files;

    Connectors(FilesRoots files) {
        this.files = files;
    }

    Source source(SourceSpec spec) throws IOException {
        if (spec instanceof SourceSpec.SequenceSource sequence) {
            Long count = sequence.count();
            return new SequenceSource(
                    sequence.partitions(), count == null ? Long.MAX_VALUE : count, sequence.keys(), sequence.seed());
        }
        return FileConnectors.source((SourceSpec.FileSource) spec, files);
    }

    Sink sink(SinkSpec spec, RowType rows) throws IOException {
        if (spec instanceof SinkSpec.FileSink file) {
            return FileConnectors.sink(file, rows, files);
        }
        return new DiscardSink();
    }

    /** Where each file sink writes, relative to the files root. */
    static Map<String, String> sinkPaths(PipelineDocument document) {
        Map<String, String> paths = new HashMap<>();
        for (SinkSpec sink : document.sinks()) {
            if (sink instanceof SinkSpec.FileSink file) {
                paths.put(file.name(), file.path());
            }
        }
        return paths;
    }

    /** What cannot be used, with a pointer to the field that says so. Touches nothing. */
    List<StartObstacle> obstacles(PipelineDocument document) {
        List<StartObstacle> obstacles = new ArrayList<>();
        for (int i = 0; i < document.sources().size(); i++) {
            if (document.sources().get(i) instanceof SourceSpec.FileSource file) {
                check("/sources/" + i + "/path", () -> files.existing(file.path()), obstacles);
            }
        }
        for (int i = 0; i < document.sinks().size(); i++) {
            if (document.sinks().get(i) instanceof SinkSpec.FileSink file) {
                check("/sinks/" + i + "/path", () -> files.checkDirectory(file.path()), obstacles);
            }
        }
        return obstacles;
    }

    private static void check(String pointer, PathCheck check, List<StartObstacle> obstacles) {
        try {
            check.run();
        } catch (IOException unusable) {
            obstacles.add(new StartObstacle(
                    StartObstacle.Kind.CONNECTOR, pointer, Objects.toString(unusable.getMessage(), "cannot be used")));
        }
    }

    /** Fails when a path cannot be used. */
    @FunctionalInterface
    private interface PathCheck {
        void run() throws IOException;
    }
}
