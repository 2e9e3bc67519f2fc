package io.strandline.ops;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceMetrics.EdgeMetrics;
import io.strandline.runner.InstanceMetrics.OperatorMetrics;
import io.strandline.runner.InstanceMetrics.TableMetrics;
import io.strandline.runner.InstanceSpec;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of the operators and streams of what runs. A pipeline of many operators is shown in part: the first hundred of
 * each, so that nobody's pipeline makes series without end.
 */
final class TopologyGauges {

    private static final int MOST = 100;

    private final MeterRegistry registry;
    private final Map<MultiGauge, ToDoubleBiFunction<InstanceMetrics, OperatorMetrics>> perOperator;
    private final MultiGauge queues;

    TopologyGauges(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.perOperator = Map.of(
                gauge("operator.records.in", "Records this operator has taken; by a source, read", null),
                (all, one) -> one.recordsIn(),
                gauge("operator.records.out", "Records this operator has passed on", null),
                (all, one) -> one.recordsOut(),
                gauge("operator.busy", "Time the subtasks of this operator's chain got on", "seconds"),
                (all, one) -> one.times().busy(),
                gauge("operator.idle", "Time the subtasks of this operator's chain had no input", "seconds"),
                (all, one) -> one.times().idle(),
                gauge(
                        "operator.backpressured",
                        "Time the subtasks of this operator's chain waited for room downstream",
                        "seconds"),
                (all, one) -> one.times().backpressured(),
                gauge("operator.watermark.lag", "Wall clock minus this operator's least watermark", "seconds"),
                (all, one) -> WatermarkLag.seconds(one.watermarkMillis(), clock),
                gauge("operator.state.hot", "Memory held by this operator's state", "bytes"),
                (all, one) -> all.tablesOf(one.operator()).stream()
                        .mapToLong(TableMetrics::bytes)
                        .sum(),
                gauge(
                        "operator.state.hits",
                        "Share of look-ups of this operator's state that memory answered",
                        "ratio"),
                (all, one) -> TableMetrics.hitRatio(all.tablesOf(one.operator())),
                gauge("operator.state.stored", "Bytes of this operator's state in the newest version", "bytes"),
                (all, one) -> one.stored().bytes());
        this.queues = gauge("edge.queue", "Share of the queues between two operators that is taken", "ratio");
    }

    /** Some instance and where its figures are read. */
    record Shown(InstanceSpec spec, Supplier<InstanceMetrics> metrics) {

        private Tags tags() {
            return Tags.of("job", spec.job(), "branch", spec.on().branch());
        }

        private <T> double read(
                Function<InstanceMetrics, List<T>> parts, int index, ToDoubleBiFunction<InstanceMetrics, T> figure) {
            InstanceMetrics now = metrics.get();
            List<T> found = parts.apply(now);
            return index < found.size() ? figure.applyAsDouble(now, found.get(index)) : 0;
        }
    }

    /** Shows these from now on, and no others. */
    void show(Collection<Shown> instances) {
        perOperator.forEach((gauge, figure) -> gauge.register(
                instances.stream().flatMap(one -> operators(one, figure)).toList(), true));
        queues.register(instances.stream().flatMap(TopologyGauges::edges).toList(), true);
    }

    private static Stream<Row<?>> operators(Shown shown, ToDoubleBiFunction<InstanceMetrics, OperatorMetrics> figure) {
        List<OperatorMetrics> operators = shown.metrics().get().operators();
        return Stream.iterate(0, index -> index + 1)
                .limit(Math.min(MOST, operators.size()))
                .map(index -> Row.of(
                        shown.tags().and("operator", operators.get(index).operator()),
                        shown,
                        one -> one.read(InstanceMetrics::operators, index, figure)));
    }

    private static Stream<Row<?>> edges(Shown shown) {
        List<EdgeMetrics> edges = shown.metrics().get().edges();
        return Stream.iterate(0, index -> index + 1)
                .limit(edges.size())
                .filter(index -> !edges.get(index).chained())
                .limit(MOST)
                .map(index -> Row.of(
                        shown.tags()
                                .and("from", edges.get(index).from())
                                .and("to", edges.get(index).to()),
                        shown,
                        one -> one.read(InstanceMetrics::edges, index, (all, edge) -> edge.queueRatio())));
    }

    private MultiGauge gauge(String name, String description, @Nullable String unit) {
        return MultiGauge.builder("strandline.job." + name)
                .description(description)
                .baseUnit(unit)
                .register(registry);
    }
}
