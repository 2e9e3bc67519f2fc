package io.strandline.api.stream;

import io.strandline.api.operator.StreamForm;
import io.strandline.api.type.Columns;
import io.strandline.api.type.Row;
import io.strandline.api.type.Type;
import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.engine.checkpoint.CheckpointSettings.Guarantee;
import io.strandline.engine.checkpoint.CheckpointSettings.Retry;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.Source;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A job written in Java: sources, what is done with their values, and where they go. Names are the identity of operators across
 * versions. Built by one thread; sinks serve one start, so a job that is started again is built again.
 */
public final class StreamJob {

    /** The number of key groups, for the job's life. */
    static final int MAX_PARALLELISM = 128;

    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    private static final int TOLERABLE_FAILURES = 3;

    private final String name;
    private final List<Vertex> vertices = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private int parallelism = 1;
    private String backend = LocalEngine.ROCKSDB;
    private SnapshotMode mode = SnapshotMode.INCREMENTAL;
    private @Nullable Duration interval = Duration.ofSeconds(10);

    private StreamJob(String name) {
        this.name = name;
    }

    /** A job without anything in it. */
    public static StreamJob named(String name) {
        return new StreamJob(Objects.requireNonNull(name));
    }

    /** How many subtasks each operator has; said before the first source. */
    public StreamJob parallelism(int subtasks) {
        if (!vertices.isEmpty()) {
            throw new IllegalStateException("the parallelism is said before the first source");
        }
        parallelism = subtasks;
        return this;
    }

    /** How often a version is taken; null for when asked, and at the end. */
    public StreamJob checkpointEvery(@Nullable Duration every) {
        interval = every;
        return this;
    }

    /** Where state lives: {@code rocksdb}, {@code filesystem} or {@code memory}. */
    public StreamJob backend(String where) {
        LocalEngine.requireBackend(where);
        backend = where;
        return this;
    }

    /** How versions are written. */
    public StreamJob snapshots(SnapshotMode how) {
        mode = how;
        return this;
    }

    /** Values out of a list: a source to try things with, which can be read again from any place. */
    public <T> DataStream<T> from(String source, Type<T> type, List<T> values) {
        StreamForm<T> form = StreamForm.of(type);
        return add(source, new ListSource<>(form, values), null, form);
    }

    /** The rows of a source. */
    public DataStream<Row> from(String source, Source rows) {
        return add(source, rows, null, StreamForm.of(Columns.of(rows.type().columns())));
    }

    /** The rows of a source that have event time. */
    public DataStream<Row> from(String source, Source rows, EventTime eventTime) {
        return add(source, rows, eventTime, StreamForm.of(Columns.of(rows.type().columns())));
    }

    private <T> DataStream<T> add(String source, Source rows, @Nullable EventTime eventTime, StreamForm<T> form) {
        vertices.add(new Vertex.SourceVertex(source, parallelism, rows, eventTime, null));
        return DataStream.source(this, source, form, eventTime != null);
    }

    void add(Vertex vertex, List<Edge> into) {
        vertices.add(vertex);
        edges.addAll(into);
    }

    String name() {
        return name;
    }

    int subtasks() {
        return parallelism;
    }

    String backend() {
        return backend;
    }

    JobGraph graph() {
        return new JobGraph(vertices, edges, MAX_PARALLELISM);
    }

    CheckpointSettings checkpoints() {
        return new CheckpointSettings(
                interval, Duration.ZERO, TIMEOUT, TOLERABLE_FAILURES, Retry.NONE, Guarantee.EXACTLY_ONCE, null, mode);
    }
}
