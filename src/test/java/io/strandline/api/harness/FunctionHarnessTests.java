package io.strandline.api.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.api.function.Collector;
import io.strandline.api.function.Context;
import io.strandline.api.function.OpenContext;
import io.strandline.api.function.ProcessFunction;
import io.strandline.api.function.SideTag;
import io.strandline.api.function.Timer;
import io.strandline.api.function.Timers;
import io.strandline.api.operator.UserCodeException;
import io.strandline.api.state.AggregateFunction;
import io.strandline.api.state.AggregatingState;
import io.strandline.api.state.BroadcastState;
import io.strandline.api.state.ListState;
import io.strandline.api.state.MapState;
import io.strandline.api.state.OperatorListState;
import io.strandline.api.state.ReducingState;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.state.Ttl;
import io.strandline.api.state.ValueState;
import io.strandline.api.type.Type;
import io.strandline.api.type.Types;
import io.strandline.api.type.ValueMisfitException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionHarnessTests {

    record Visit(String page, long millis) {}

    record Totals(long visits, double millis, List<String> pages, Visit last) {}

    private static <I, O> FunctionHarness<String, I, O> run(
            Supplier<ProcessFunction<String, I, O>> function, Type<I> in, Type<O> out, boolean restores) {
        return FunctionHarness.of(function, Types.STRING, in, out, restores);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsARecordForEachKey(boolean restores) {
        Type<Visit> visits = Types.record(Visit.class);
        try (var harness = run(RecordFunction::new, visits, Types.record(Totals.class), restores)) {
            harness.process("a", new Visit("x", 10));
            harness.process("b", new Visit("y", 1));
            harness.process("a", new Visit("z", 5));
            assertThat(harness.emitted())
                    .containsExactly(
                            new Totals(1, 10, List.of("x"), new Visit("x", 10)),
                            new Totals(1, 1, List.of("y"), new Visit("y", 1)),
                            new Totals(2, 15, List.of("x", "z"), new Visit("z", 5)));
            assertThat(harness.state("totals"))
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry).hasSize(6));
        }
    }

    static final class RecordFunction implements ProcessFunction<String, Visit, Totals> {

        private ValueState<Totals> totals;

        @Override
        public void open(OpenContext context) {
            totals = context.state(StateDescriptor.value("totals", Types.record(Totals.class)));
        }

        @Override
        public void process(Visit value, Context<String> context, Collector<Totals> out) {
            Totals before = totals.valueOr(new Totals(0, 0, List.of(), value));
            List<String> pages = new ArrayList<>(before.pages());
            pages.add(value.page());
            Totals now = new Totals(before.visits() + 1, before.millis() + value.millis(), pages, value);
            totals.update(now);
            out.collect(now);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsListsMapsSumsAndAggregates(boolean restores) {
        Random random = new Random(7);
        Map<String, List<Long>> expected = new HashMap<>();
        List<String> answers = new ArrayList<>();
        try (var harness = run(Everything::new, Types.LONG, Types.STRING, restores)) {
            for (int i = 0; i < 300; i++) {
                String key = "k" + random.nextInt(5);
                long value = random.nextInt(7);
                harness.process(key, value);
                List<Long> all = expected.computeIfAbsent(key, any -> new ArrayList<>());
                if (value == 0) {
                    all.clear();
                } else {
                    all.add(value);
                }
                answers.add(Everything.answer(all));
            }
            assertThat(harness.emitted()).isEqualTo(answers);
        }
    }

    static final class Everything implements ProcessFunction<String, Long, String> {

        private ListState<Long> list;
        private MapState<Long, Integer> counts;
        private ReducingState<Long> sum;
        private AggregatingState<Long, Double> mean;

        @Override
        public void open(OpenContext context) {
            list = context.state(StateDescriptor.list("list", Types.LONG));
            counts = context.state(StateDescriptor.map("counts", Types.LONG, Types.INT));
            sum = context.state(StateDescriptor.reducing("sum", Types.LONG, Long::sum));
            mean = context.state(StateDescriptor.aggregating("mean", Types.list(Types.LONG), new Mean()));
        }

        @Override
        public void process(Long value, Context<String> context, Collector<String> out) {
            if (value == 0) {
                list.clear();
                counts.clear();
                sum.clear();
                mean.clear();
            } else {
                list.add(value);
                Integer before = counts.get(value);
                counts.put(value, before == null ? 1 : before + 1);
                sum.add(value);
                mean.add(value);
            }
            out.collect(
                    list.get() + " " + new java.util.TreeMap<>(counts.entries()) + " " + sum.get() + " " + mean.get());
        }

        static String answer(List<Long> all) {
            Map<Long, Integer> counts = new java.util.TreeMap<>();
            all.forEach(value -> counts.merge(value, 1, Integer::sum));
            long sum = all.stream().mapToLong(Long::longValue).sum();
            return all + " " + counts + " " + (all.isEmpty() ? null : sum) + " "
                    + (all.isEmpty() ? null : (double) sum / all.size());
        }
    }

    static final class Mean implements AggregateFunction<Long, List<Long>, Double> {

        @Override
        public List<Long> start() {
            return List.of(0L, 0L);
        }

        @Override
        public List<Long> add(Long value, List<Long> kept) {
            return List.of(kept.get(0) + value, kept.get(1) + 1);
        }

        @Override
        public Double result(List<Long> kept) {
            return (double) kept.get(0) / kept.get(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void firesTimersOfBothClocksOnceInOrder(boolean restores) {
        try (var harness = run(Alarms::new, Types.LONG, Types.STRING, restores)) {
            harness.process("a", 100L, 100);
            harness.process("b", 50L, 50);
            harness.process("a", 100L, 100);
            harness.advance(49);
            assertThat(harness.emitted()).isEmpty();
            harness.advance(99);
            harness.processingTime(1_000);
            harness.advance(500);
            harness.processingTime(2_000);
            assertThat(harness.emitted())
                    .containsExactly(
                            "b EVENT_TIME 50", "a PROCESSING_TIME 1000", "b PROCESSING_TIME 1000", "a EVENT_TIME 100");
        }
    }

    static final class Alarms implements ProcessFunction<String, Long, String> {

        private Timers event;
        private Timers processing;

        @Override
        public void open(OpenContext context) {
            event = context.eventTimers();
            processing = context.processingTimers();
        }

        @Override
        public void process(Long value, Context<String> context, Collector<String> out) {
            event.register(value);
            processing.register(context.processingTime() + 1_000);
        }

        @Override
        public void onTimer(Timer timer, Context<String> context, Collector<String> out) {
            out.collect(context.key() + " " + timer.clock() + " " + timer.timeMillis());
        }
    }

    @Test
    void letsEntriesExpireByTheWallClock() {
        try (var harness =
                run(() -> new Counter(Ttl.sinceUpdate(Duration.ofSeconds(1))), Types.LONG, Types.LONG, false)) {
            harness.processingTime(10_000);
            harness.process("a", 0L);
            harness.process("b", 0L);
            harness.processingTime(10_600);
            harness.process("b", 0L);
            harness.snapshotAndRestore();
            harness.processingTime(11_100);
            harness.process("a", 0L);
            harness.process("b", 0L);
            assertThat(harness.emitted()).containsExactly(1L, 1L, 2L, 1L, 3L);
        }
    }

    static final class Counter implements ProcessFunction<String, Long, Long> {

        private final Ttl ttl;
        private ValueState<Long> count;

        Counter(Ttl ttl) {
            this.ttl = ttl;
        }

        @Override
        public void open(OpenContext context) {
            count = context.state(StateDescriptor.value("count", Types.LONG).expiring(ttl));
        }

        @Override
        public void process(Long value, Context<String> context, Collector<Long> out) {
            count.update(count.valueOr(0L) + 1);
            out.collect(count.value());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepsWhatBelongsToNoKeyAndEmitsAside(boolean restores) {
        try (var harness = run(Unkeyed::new, Types.LONG, Types.LONG, restores)) {
            for (long i = 1; i <= 20; i++) {
                harness.process("k" + i, i);
            }
            assertThat(harness.emitted()).hasSize(20).endsWith(210L);
            assertThat(harness.emitted("even")).hasSize(10).endsWith("20: 10");
        }
    }

    static final class Unkeyed implements ProcessFunction<String, Long, Long> {

        private OperatorListState<Long> seen;
        private BroadcastState<String, Long> evens;
        private SideTag<String> even;

        @Override
        public void open(OpenContext context) {
            seen = context.state(StateDescriptor.operatorList("seen", Types.LONG));
            evens = context.state(StateDescriptor.broadcast("evens", Types.STRING, Types.LONG));
            even = context.sideOutput("even", Types.STRING);
        }

        @Override
        public void process(Long value, Context<String> context, Collector<Long> out) {
            seen.add(value);
            out.collect(seen.get().stream().mapToLong(Long::longValue).sum());
            if (value % 2 == 0) {
                evens.put(context.key(), value);
                context.emit(even, value + ": " + evens.entries().size());
            }
        }
    }

    @Test
    void goesBackToAnEarlierSnapshot() {
        try (var harness = run(() -> new Counter(Ttl.sinceUpdate(Duration.ofDays(1))), Types.LONG, Types.LONG, false)) {
            harness.process("a", 0L);
            var before = harness.snapshot();
            harness.process("a", 0L);
            harness.process("a", 0L);
            harness.restore(before);
            harness.process("a", 0L);
            assertThat(harness.emitted()).containsExactly(1L, 2L, 3L, 2L);
        }
    }

    @Test
    void saysWhichCallbackThrewAndAtWhat() {
        ProcessFunction<String, Long, Long> broken = (value, context, out) -> {
            throw new IllegalStateException("no " + value);
        };
        try (var harness = run(() -> broken, Types.LONG, Types.LONG, false)) {
            assertThatThrownBy(() -> harness.process("a", 3L))
                    .isInstanceOf(UserCodeException.class)
                    .hasMessageContaining("IllegalStateException (no 3)")
                    .hasMessageContaining("process of 3");
        }
    }

    @Test
    void refusesAStateThatIsDeclaredTwice() {
        ProcessFunction<String, Long, Long> twice = new ProcessFunction<>() {

            @Override
            public void open(OpenContext context) {
                context.state(StateDescriptor.value("n", Types.LONG));
                context.state(StateDescriptor.list("n", Types.STRING));
            }

            @Override
            public void process(Long value, Context<String> context, Collector<Long> out) {
                out.collect(value);
            }
        };
        assertThatThrownBy(() -> run(() -> twice, Types.LONG, Types.LONG, false))
                .isInstanceOf(UserCodeException.class)
                .hasMessageContaining("state 'n' is declared twice");
    }

    @Test
    void refusesAValueThatDoesNotFitItsState() {
        ProcessFunction<String, String, String> misfit = new ProcessFunction<>() {

            private ValueState<Visit> visit;

            @Override
            public void open(OpenContext context) {
                visit = context.state(StateDescriptor.value("visit", Types.record(Visit.class)));
            }

            @Override
            public void process(String value, Context<String> context, Collector<String> out) {
                visit.update(new Visit(null, 1));
            }
        };
        try (var harness = run(() -> misfit, Types.STRING, Types.STRING, false)) {
            assertThatThrownBy(() -> {
                        harness.process("a", "x");
                        harness.snapshotAndRestore();
                    })
                    .hasMessageContaining("page: a value of type string is expected; found null");
        }
    }

    @Test
    void refusesANullThatIsEmitted() {
        ProcessFunction<String, Long, Long> nothing = (value, context, out) -> out.collect(null);
        try (var harness = run(() -> nothing, Types.LONG, Types.LONG, false)) {
            assertThatThrownBy(() -> harness.process("a", 3L))
                    .hasCauseInstanceOf(ValueMisfitException.class)
                    .hasMessageContaining("found null");
        }
    }
}
