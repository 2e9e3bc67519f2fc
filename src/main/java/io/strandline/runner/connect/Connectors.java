package io.strandline.runner.connect;

import io.strandline.engine.connector.Sink;
import io.strandline.engine.connector.Source;
import io.strandline.engine.connector.discard.DiscardSink;
import io.strandline.engine.connector.file.FileSink;
import io.strandline.engine.connector.part.PartDirectory;
import io.strandline.engine.connector.record.RecordFormat;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.element.RowType;
import io.strandline.pipeline.CheckedPipeline;
import io.strandline.pipeline.DeadLetters;
import io.strandline.pipeline.OperatorSpec;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.pipeline.SinkSpec;
import io.strandline.pipeline.SourceSpec;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.SinkRoute;
import io.strandline.runner.StartObstacle;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SourcePosition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A pipeline's sources and sinks as the engine's, for one start: their paths resolved, their logs opened. */
public final class Connectors {

    private static final String DEAD_LETTERS = ":dead-letters";

    private final ConnectorResources resources;
    private final InstanceSpec start;

    /** For an instance that is to start. */
    public Connectors(ConnectorResources resources, InstanceSpec start) {
        this.resources = resources;
        this.start = start;
    }

    /** The engine's source, opened far enough to know that it can be used. */
    public Source source(SourceSpec spec) throws IOException {
        if (spec instanceof SourceSpec.SequenceSource sequence) {
            Long count = sequence.count();
            return new SequenceSource(
                    sequence.partitions(), count == null ? Long.MAX_VALUE : count, sequence.keys(), sequence.seed());
        }
        if (spec instanceof SourceSpec.HttpSource http) {
            return resources
                    .inboxes()
                    .of(start.on().jobId(), http.name(), http.partitions())
                    .source(RecordColumns.of(http.columns()));
        }
        return FileConnectors.source((SourceSpec.FileSource) spec, resources.files());
    }

    /** The engine's sink, as above. */
    public Sink sink(SinkSpec spec, RowType rows) throws IOException {
        if (spec instanceof SinkSpec.FileSink file) {
            return files(file, rows);
        }
        if (spec instanceof SinkSpec.JdbcSink jdbc) {
            return JdbcConnectors.sink(jdbc, rows, start, resources);
        }
        return new DiscardSink();
    }

    private Sink files(SinkSpec.FileSink file, RowType rows) throws IOException {
        PartDirectory directory = resources.outputs().claim(file.path(), start);
        Sink sink = FileConnectors.sink(file, rows, directory);
        if (!(start.routes().get(file.name()) instanceof SinkRoute.ToPath route)) {
            return sink;
        }
        Map<Path, PartDirectory> earlier = new LinkedHashMap<>();
        for (String place : route.earlier()) {
            Path way = Path.of(file.path()).relativize(Path.of(place));
            resources.outputs().partsOf(start.on().jobId(), place).ifPresent(parts -> earlier.put(way, parts));
        }
        return earlier.isEmpty() ? sink : new MovedFileSink(sink, earlier);
    }

    /** Records that cannot be processed, as JSON objects. */
    public Sink deadLetters(DeadLetters letters) throws IOException {
        return new FileSink(
                resources.outputs().claim(letters.path(), start),
                io.strandline.engine.connector.DeadLetters.TYPE,
                RecordFormat.JSON);
    }

    /** The name of the sink of a node's dead letters; no node can have it. */
    public static String deadLetterSink(String node) {
        return node + DEAD_LETTERS;
    }

    /** Whether a sink is one of dead letters. */
    public static boolean isDeadLetterSink(String name) {
        return name.endsWith(DEAD_LETTERS);
    }

    /** Where each sink of files writes, relative to the files root. */
    public static Map<String, String> sinkPaths(PipelineDocument document) {
        Map<String, String> paths = new HashMap<>();
        for (SourceSpec source : document.sources()) {
            DeadLetters letters = source.deadLetters();
            if (letters != null) {
                paths.put(deadLetterSink(source.name()), letters.path());
            }
        }
        for (OperatorSpec operator : document.operators()) {
            DeadLetters letters = operator.deadLetters();
            if (letters != null) {
                paths.put(deadLetterSink(operator.name()), letters.path());
            }
        }
        for (SinkSpec sink : document.sinks()) {
            if (sink instanceof SinkSpec.FileSink file) {
                paths.put(file.name(), file.path());
            }
            DeadLetters letters = sink.deadLetters();
            if (letters != null) {
                paths.put(deadLetterSink(sink.name()), letters.path());
            }
        }
        return paths;
    }

    /** What cannot be used, with a pointer to the field that says so. Touches nothing. */
    public List<StartObstacle> obstacles(CheckedPipeline pipeline) {
        PipelineDocument document = pipeline.document();
        List<StartObstacle> obstacles = new ArrayList<>();
        for (int i = 0; i < document.sources().size(); i++) {
            SourceSpec source = document.sources().get(i);
            String pointer = "/sources/" + i + (source instanceof SourceSpec.FileSource ? "/path" : "");
            check(pointer, () -> archive().check(start.on().jobId(), source, positions()), obstacles);
            check(source.deadLetters(), "/sources/" + i, obstacles);
        }
        for (int i = 0; i < document.operators().size(); i++) {
            check(document.operators().get(i).deadLetters(), "/operators/" + i, obstacles);
        }
        for (int i = 0; i < document.sinks().size(); i++) {
            if (document.sinks().get(i) instanceof SinkSpec.JdbcSink jdbc) {
                RowType rows = RowTypes.of(pipeline.node(jdbc.name()).schema());
                obstacles.addAll(JdbcConnectors.obstacles(jdbc, rows, "/sinks/" + i, resources));
            } else if (document.sinks().get(i) instanceof SinkSpec.FileSink file) {
                checkOutput(file.path(), "/sinks/" + i + "/path", obstacles);
            }
            check(document.sinks().get(i).deadLetters(), "/sinks/" + i, obstacles);
        }
        return obstacles;
    }

    private SourceArchive archive() {
        return new SourceArchive(resources.files(), resources.inboxes());
    }

    /** Where the version goes on, nowhere for a start from nothing. */
    private List<SourcePosition> positions() {
        Manifest version = start.restoreFrom();
        return version == null ? List.of() : version.content().sources();
    }

    private void check(@Nullable DeadLetters letters, String pointer, List<StartObstacle> obstacles) {
        if (letters != null) {
            checkOutput(letters.path(), pointer + "/onError/deadLetter/path", obstacles);
        }
    }

    private void checkOutput(String path, String pointer, List<StartObstacle> obstacles) {
        check(
                pointer,
                () -> resources
                        .outputs()
                        .objection(path, start)
                        .map(taken -> new StartObstacle(StartObstacle.Kind.OUTPUT_TAKEN, pointer, taken))
                        .ifPresent(obstacles::add),
                obstacles);
    }

    private static void check(String pointer, Check check, List<StartObstacle> obstacles) {
        try {
            check.run();
        } catch (IOException unusable) {
            obstacles.add(new StartObstacle(
                    StartObstacle.Kind.CONNECTOR, pointer, Objects.toString(unusable.getMessage(), "cannot be used")));
        }
    }

    /** Fails when a connector cannot be used. */
    @FunctionalInterface
    private interface Check {
        void run() throws IOException;
    }
}
