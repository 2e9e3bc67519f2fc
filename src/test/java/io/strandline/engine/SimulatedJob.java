package io.strandline.engine;

import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.Exchange;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.engine.operator.aggregate.Emission;
import io.strandline.engine.operator.aggregate.KeyedAggregateFactory;
import io.strandline.engine.operator.window.WindowFactory;
import io.strandline.engine.operator.window.WindowShape;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SourcePosition;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.RunFormat;
import io.strandline.state.SnapshotReader;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Two sequences into one operator that counts them; behind it running counts, counts of odd values by a side output, and
 * windows of event time, whose rows go out. A third sequence is broadcast to an operator that keeps a copy of it a subtask.
 */
final class SimulatedJob {

    static final Set<String> SOURCES = Set.of("left", "right", "rules");

    private static final SequenceSource LEFT = new SequenceSource(2, 160, 6, 5);
    private static final SequenceSource RIGHT = new SequenceSource(3, 110, 9, 7);
    private static final SequenceSource RULES = new SequenceSource(2, 90, 5, 9);
    private static final int OFFSET = 1;
    private static final long WINDOW = 25;

    final StagedRows output = new StagedRows();
    private final PlantedBug bug;
    private final Copies copies;
    private final long[] anchors;

    SimulatedJob(PlantedBug bug) {
        this.bug = bug;
        this.copies = new Copies(LEFT.type(), bug == PlantedBug.COPY_OF_ANOTHER_SUBTASK);
        this.anchors = copies.anchors();
    }

    JobGraph graph(int parallelism) {
        List<Aggregate> count = List.of(Aggregate.count("rows"));
        List<Integer> key = List.of(TwoStreams.KEY);
        var counts = new KeyedAggregateFactory(LEFT.type(), key, count, new Emission.None());
        var windows = new WindowFactory(
                LEFT.type(), key, count, WindowShape.tumbling(Duration.ofMillis(WINDOW)), Duration.ZERO);
        EventTime patient = new EventTime(OFFSET, Duration.ZERO, null);
        EventTime right = bug == PlantedBug.WATERMARK_OF_ONE_INPUT
                ? new EventTime(OFFSET, Duration.ZERO, Duration.ZERO)
                : patient;
        return new JobGraph(
                List.of(
                        new Vertex.SourceVertex("left", parallelism, bug.source(LEFT), patient, null),
                        new Vertex.SourceVertex("right", parallelism, RIGHT, right, null),
                        new Vertex.SourceVertex("rules", parallelism, RULES, null, null),
                        new Vertex.OperatorVertex("both", parallelism, new TwoStreams(LEFT.type())),
                        new Vertex.OperatorVertex("all", parallelism, counts),
                        new Vertex.OperatorVertex("odd", parallelism, counts),
                        new Vertex.OperatorVertex("copies", parallelism, copies),
                        new Vertex.OperatorVertex("windows", parallelism, windows),
                        new Vertex.SinkVertex("out", parallelism, output)),
                List.of(
                        keyed("left", 0, "both"),
                        keyed("right", 0, "both"),
                        keyed("both", 0, "all"),
                        keyed("both", 1, "odd"),
                        keyed("both", 0, "copies"),
                        new Edge("rules", "copies", new Exchange.Broadcast()),
                        keyed("both", 0, "windows"),
                        new Edge("windows", "out", new Exchange.Forward())),
                EngineHarness.MAX_PARALLELISM);
    }

    /** Whether rows read, counted and in flight add up; how many were in flight. */
    long checkVersion(SnapshotContent version, SnapshotStore store, RunFormat format) {
        Map<Object, List<Object>> seen = read(version, store, format, "both", "seen");
        long left = sum(seen, 0);
        long right = sum(seen, 1);
        long all = sum(read(version, store, format, "all", "aggregates"), 0);
        same(version, "left", position(version, "left"), left + inFlight(version, "both", 0));
        same(version, "right", position(version, "right"), right + inFlight(version, "both", 1));
        same(version, "all", left + right, all + inFlight(version, "all", 0));
        checkCopies(version, store, format, position(version, "rules"));
        return inFlight(version, "both", 0) + inFlight(version, "both", 1) + inFlight(version, "windows", 0);
    }

    /** Whether each key group's copy and what was on its way to it add up to what was read. */
    private void checkCopies(SnapshotContent version, SnapshotStore store, RunFormat format, long read) {
        Map<Object, List<Object>> copied = read(version, store, format, "copies", "copy");
        for (int group = 0; group < anchors.length; group++) {
            int receiver = group;
            long rows = (Long) copied.getOrDefault(anchors[group], List.of(0L)).get(0);
            long onItsWay = runsInFlight(version, "copies", 1)
                    .filter(run -> run.keyGroups().contains(receiver))
                    .mapToLong(Run::entries)
                    .sum();
            same(version, "rules of key group " + group, read, rows + onItsWay);
        }
    }

    /** Whether everything was counted once. */
    void checkEnd(SnapshotContent last, SnapshotStore store, RunFormat format) {
        same(last, "rows", rows().size(), sum(read(last, store, format, "all", "aggregates"), 0));
        long odd = rows().stream().filter(row -> (row.get(2) & 1) == 1).count();
        same(last, "odd rows", odd, sum(read(last, store, format, "odd", "aggregates"), 0));
        checkCopies(last, store, format, RULES.partitions() * RULES.count());
        List<List<Long>> expected = windows();
        List<List<Long>> found = new ArrayList<>(output.rows());
        found.sort(Comparator.comparing(List::toString));
        if (!found.equals(expected)) {
            throw new AssertionError("%d windows instead of %d".formatted(found.size(), expected.size()));
        }
    }

    private static List<List<Long>> windows() {
        Map<List<Long>, Long> counts = new TreeMap<>(Comparator.comparing(List::toString));
        for (List<Long> row : rows()) {
            long start = row.get(0) / WINDOW * WINDOW;
            counts.merge(List.of(row.get(1), start, start + WINDOW), 1L, Long::sum);
        }
        List<List<Long>> windows = new ArrayList<>();
        counts.forEach((window, count) -> windows.add(List.of(window.get(0), window.get(1), window.get(2), count)));
        windows.sort(Comparator.comparing(List::toString));
        return windows;
    }

    /** All rows: offset, key, value. */
    private static List<List<Long>> rows() {
        List<List<Long>> rows = new ArrayList<>();
        for (SequenceSource source : List.of(LEFT, RIGHT)) {
            for (int partition = 0; partition < source.partitions(); partition++) {
                for (long offset = 0; offset < source.count(); offset++) {
                    rows.add(List.of(offset, source.key(partition, offset), source.value(partition, offset)));
                }
            }
        }
        return rows;
    }

    private static void same(SnapshotContent version, String what, long expected, long found) {
        if (expected != found) {
            throw new AssertionError(
                    "version %d: %s: %d instead of %d".formatted(version.number(), what, found, expected));
        }
    }

    private static long position(SnapshotContent version, String source) {
        return version.sources().stream()
                .filter(position -> position.source().equals(source))
                .mapToLong(SourcePosition::offset)
                .sum();
    }

    private static long inFlight(SnapshotContent version, String operator, int input) {
        return runsInFlight(version, operator, input).mapToLong(Run::entries).sum();
    }

    private static Stream<Run> runsInFlight(SnapshotContent version, String operator, int input) {
        return version.operators().stream()
                .filter(content -> content.name().equals(operator))
                .map(OperatorContent::states)
                .flatMap(List::stream)
                .filter(state -> state.schema().form() == StateSchema.Form.IN_FLIGHT)
                .filter(state -> state.schema().name().endsWith("-" + input))
                .map(StateContent::runs)
                .flatMap(List::stream);
    }

    private static long sum(Map<Object, List<Object>> entries, int column) {
        return entries.values().stream()
                .mapToLong(values -> (Long) values.get(column))
                .sum();
    }

    private static Map<Object, List<Object>> read(
            SnapshotContent version, SnapshotStore store, RunFormat format, String operator, String state) {
        Map<Object, List<Object>> found = new TreeMap<>();
        List<OperatorContent> wanted = version.operators().stream()
                .filter(content -> content.name().equals(operator))
                .toList();
        try (SnapshotReader reader =
                new SnapshotReaders(List.of(format)).open(wanted, EngineHarness.MAX_PARALLELISM, store)) {
            reader.scan(operator, state, entry -> found.put(entry.key().get(0), entry.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static Edge keyed(String from, int output, String to) {
        return new Edge(from, output, to, new Exchange.Keyed(List.of(TwoStreams.KEY)));
    }
}
