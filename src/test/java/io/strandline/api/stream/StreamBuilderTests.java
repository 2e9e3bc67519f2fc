package io.strandline.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.api.function.Collector;
import io.strandline.api.function.ConnectedFunction;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.state.BroadcastState;
import io.strandline.api.state.MergingAggregateFunction;
import io.strandline.api.state.OperatorListState;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.state.ValueState;
import io.strandline.api.type.Row;
import io.strandline.api.type.Types;
import io.strandline.engine.connector.EventTime;
import io.strandline.engine.connector.sequence.SequenceSource;
import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Jobs of several streams in Java, broken off and gone on with at another parallelism. */
class StreamBuilderTests {

    private static final int PARTITIONS = 3;
    private static final EventTime BY_OFFSET = new EventTime(1, Duration.ZERO, null);

    record Numbers(long partition, long offset, long value) {}

    @TempDir
    Path directory;

    private static SequenceSource sequence(long count, long seed) {
        return new SequenceSource(PARTITIONS, count, 20, seed);
    }

    private static Numbers numbers(Row row) {
        return new Numbers(row.getLong("partition"), row.getLong("offset"), row.getLong("value"));
    }

    static KeyedStream<Long, Long> timed(StreamJob job, long count) {
        return job.from("numbers", sequence(count, 7), BY_OFFSET)
                .map("value", Types.LONG, row -> row.getLong("value"))
                .keyBy(Types.LONG, value -> value % 5);
    }

    /** Runs a job, breaks it off at a version somewhere, and runs on from there. */
    private void run(Jobs jobs, int before, int after) throws IOException {
        try (LocalEngine engine = LocalEngine.in(directory)) {
            LocalRun run = engine.start(jobs.with(before));
            Manifest version = run.checkpoint();
            run.cancel();
            engine.start(jobs.with(after), version).awaitEnd();
        }
    }

    @FunctionalInterface
    private interface Jobs {

        StreamJob with(int parallelism);
    }

    private static StreamJob job(String name, int parallelism) {
        return StreamJob.named(name)
                .parallelism(parallelism)
                .checkpointEvery(null)
                .backend("filesystem");
    }

    /** Sums, which can be merged. */
    record Sum() implements MergingAggregateFunction<Long, Long, Long> {

        @Override
        public Long start() {
            return 0L;
        }

        @Override
        public Long add(Long value, Long kept) {
            return kept + value;
        }

        @Override
        public Long result(Long kept) {
            return kept;
        }

        @Override
        public Long merge(Long one, Long other) {
            return one + other;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 2"})
    void windowsAreThoseOfAPlainMapAfterARestart(int before, int after) throws IOException {
        long count = 4_000;
        long size = 100;
        Set<String> windows = ConcurrentHashMap.newKeySet();
        run(
                parallelism -> {
                    StreamJob job = job("windows", parallelism);
                    timed(job, count)
                            .window(WindowShape.tumbling(Duration.ofMillis(size)))
                            .aggregate(
                                    "sums",
                                    Types.STRING,
                                    Types.LONG,
                                    new Sum(),
                                    (key, window, sum) -> key + " " + window.start() + " " + sum)
                            .forEach("out", windows::add);
                    return job;
                },
                before,
                after);

        TreeMap<String, Long> expected = new TreeMap<>();
        SequenceSource source = sequence(count, 7);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            for (long offset = 0; offset < count; offset++) {
                long value = source.value(partition, offset);
                expected.merge(value % 5 + " " + offset / size * size, value, Long::sum);
            }
        }
        assertThat(windows)
                .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                        .map(window -> window.getKey() + " " + window.getValue())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 2"})
    void joinsAreThoseOfANestedLoopAfterARestart(int before, int after) throws IOException {
        long count = 600;
        Set<String> pairs = ConcurrentHashMap.newKeySet();
        run(
                parallelism -> {
                    StreamJob job = job("joins", parallelism);
                    side(job, "left", count, 1)
                            .join(side(job, "right", count, 2), Duration.ofMillis(-3), Duration.ofMillis(5))
                            .pairs("pairs", Types.STRING, (left, right) -> left + "+" + right)
                            .forEach("out", pairs::add);
                    return job;
                },
                before,
                after);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            for (int j = 0; j < PARTITIONS; j++) {
                for (long left = 0; left < count; left++) {
                    for (long right = Math.max(0, left - 3); right <= Math.min(count - 1, left + 5); right++) {
                        long key = sequence(count, 1).value(i, left) % 7;
                        if (key == sequence(count, 2).value(j, right) % 7) {
                            expected.add(i + ":" + left + "+" + j + ":" + right);
                        }
                    }
                }
            }
        }
        assertThat(pairs).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static KeyedStream<Long, String> side(StreamJob job, String name, long count, long seed) {
        return job.from(name, sequence(count, seed), BY_OFFSET)
                .map(name + "-values", Types.record(Numbers.class), StreamBuilderTests::numbers)
                .keyBy(Types.LONG, numbers -> numbers.value() % 7)
                .process(
                        name + "-names",
                        Types.STRING,
                        () -> (numbers, context, out) -> out.collect(numbers.partition() + ":" + numbers.offset()))
                .keyBy(Types.LONG, place -> keyOf(place, count, seed));
    }

    private static long keyOf(String place, long count, long seed) {
        String[] parts = place.split(":");
        return sequence(count, seed).value(Integer.parseInt(parts[0]), Long.parseLong(parts[1])) % 7;
    }

    /** Counts its key's values, and knows how many rules there are. */
    private static final class Ruled implements ConnectedFunction<Long, Long, String, String> {

        private ValueState<Long> count;
        private BroadcastState<String, Long> rules;
        private int subtask;

        @Override
        public void open(OpenContext context) {
            subtask = context.subtask();
            count = context.state(StateDescriptor.value("count", Types.LONG));
            rules = context.state(StateDescriptor.broadcast("rules", Types.STRING, Types.LONG));
        }

        @Override
        public void process(Long value, Context<Long> context, Collector<String> out) {
            count.update(count.valueOr(0L) + 1);
        }

        @Override
        public void processOther(String rule, Context<Long> context, Collector<String> out) {
            Long before = rules.get(rule);
            rules.put(rule, before == null ? 1 : before + 1);
            out.collect(subtask + " " + new TreeMap<>(rules.entries()));
        }
    }

    private static StreamJob ruled(int parallelism, List<String> rules, Set<String> told) {
        StreamJob job = job("ruled", parallelism);
        BroadcastStream<String> broadcast =
                job.from("rules", Types.STRING, rules).broadcast();
        job.from("numbers", sequence(500, 7))
                .map("value", Types.LONG, row -> row.getLong("value"))
                .keyBy(Types.LONG, value -> value % 9)
                .connect(broadcast)
                .process("ruled", Types.STRING, Ruled::new)
                .forEach("out", told::add);
        return job;
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1", "2, 4"})
    void everySubtaskHasAllThatWasBroadcastAlsoAtAnotherParallelism(int before, int after) throws IOException {
        Set<String> first = ConcurrentHashMap.newKeySet();
        Set<String> then = ConcurrentHashMap.newKeySet();
        try (LocalEngine engine = LocalEngine.in(directory)) {
            Manifest version =
                    engine.start(ruled(before, List.of("a", "b", "a"), first)).awaitEnd();
            engine.start(ruled(after, List.of("a", "b", "a", "c"), then), version)
                    .awaitEnd();
        }

        Set<String> expected = new TreeSet<>();
        for (int subtask = 0; subtask < before; subtask++) {
            Collections.addAll(expected, subtask + " {a=1}", subtask + " {a=1, b=1}", subtask + " {a=2, b=1}");
        }
        assertThat(first).containsExactlyInAnyOrderElementsOf(expected);
        expected.clear();
        for (int subtask = 0; subtask < after; subtask++) {
            expected.add(subtask + " {a=2, b=1, c=1}");
        }
        assertThat(then).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** A stream without event time beside one that has it must not keep windows from coming out. */
    @Test
    void aStreamWithoutEventTimeDoesNotHoldTimersBack() throws IOException {
        Set<String> fired = ConcurrentHashMap.newKeySet();
        StreamJob job = job("timers", 1);
        BroadcastStream<Row> endless =
                job.from("endless", sequence(Long.MAX_VALUE, 1)).broadcast();
        timed(job, 500_000)
                .connect(endless)
                .process("timers", Types.STRING, OneTimer::new)
                .forEach("out", fired::add);
        try (LocalEngine engine = LocalEngine.in(directory)) {
            LocalRun run = engine.start(job);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (fired.isEmpty()) {
                assertThat(System.nanoTime()).as("no timer fired").isLessThan(deadline);
                Thread.onSpinWait();
            }
            run.cancel();
        }
        assertThat(fired).isNotEmpty();
    }

    private static final class OneTimer implements ConnectedFunction<Long, Long, Row, String> {

        private io.strandline.api.function.Timers timers;

        @Override
        public void open(OpenContext context) {
            timers = context.eventTimers();
        }

        @Override
        public void process(Long value, Context<Long> context, Collector<String> out) {
            timers.register(500);
        }

        @Override
        public void processOther(Row value, Context<Long> context, Collector<String> out) {
            // only there to be without event time
        }

        @Override
        public void onTimer(io.strandline.api.function.Timer timer, Context<Long> context, Collector<String> out) {
            out.collect(context.key() + " " + timer.timeMillis());
        }
    }

    /** Notes each partition that it reads, and tells all that are noted when the first value comes. */
    private static final class Noting implements ProcessFunction<Void, Row, String> {

        private OperatorListState<Long> noted;
        private boolean told;

        @Override
        public void open(OpenContext context) {
            noted = context.state(StateDescriptor.unionList("noted", Types.LONG));
        }

        @Override
        public void process(Row row, Context<Void> context, Collector<String> out) {
            if (!told) {
                told = true;
                out.collect(noted.get().stream().sorted().toList().toString());
            }
            if (!noted.get().contains(row.getLong("partition"))) {
                noted.add(row.getLong("partition"));
            }
        }
    }

    private static StreamJob noting(int parallelism, long count, List<String> told) {
        StreamJob job = job("noting", parallelism);
        job.from("numbers", sequence(count, 7))
                .process("noting", Types.STRING, Noting::new)
                .forEach("out", told::add);
        return job;
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "1, 3", "2, 3", "3, 3"})
    void everySubtaskSeesTheUnionOfAllListsAfterARestore(int before, int after) throws IOException {
        List<String> told = Collections.synchronizedList(new ArrayList<>());
        List<String> again = Collections.synchronizedList(new ArrayList<>());
        try (LocalEngine engine = LocalEngine.in(directory)) {
            Manifest first = engine.start(noting(before, 10, told)).awaitEnd();
            Manifest second = engine.start(noting(after, 20, again), first).awaitEnd();
            assertThat(told).hasSize(before).containsOnly("[]");
            assertThat(again).hasSize(after).containsOnly("[0, 1, 2]");
            again.clear();
            engine.start(noting(2, 30, again), second).awaitEnd();
            assertThat(again).hasSize(2).containsOnly("[0, 1, 2]");
        }
    }
}
