package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.ops.TopologyGauges.Shown;
import io.strandline.runner.BranchRef;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceMetrics.EdgeMetrics;
import io.strandline.runner.InstanceSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopologyGaugesTests {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyGauges gauges = new TopologyGauges(registry, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void showsTheFiguresOfEachOperatorAsTheyAreNow() {
        AtomicReference<InstanceMetrics> now = new AtomicReference<>(Figures.ofTwoOperators(0, 0, 0));
        gauges.show(List.of(new Shown(spec("flights"), now::get)));
        now.set(Figures.ofTwoOperators(30, NOW.minusSeconds(4).toEpochMilli(), 6));

        assertThat(operator("records.in", "numbers")).isEqualTo(30);
        assertThat(operator("records.out", "counts")).isEqualTo(30);
        assertThat(operator("busy", "counts")).isEqualTo(1.5);
        assertThat(operator("idle", "counts")).isEqualTo(2.5);
        assertThat(operator("backpressured", "counts")).isEqualTo(0.5);
        assertThat(operator("watermark.lag", "counts")).isEqualTo(4);
        assertThat(operator("state.hot", "counts")).isEqualTo(7);
        assertThat(operator("state.hot", "numbers")).isZero();
        assertThat(operator("state.hits", "counts")).isEqualTo(0.75);
        assertThat(operator("state.stored", "counts")).isEqualTo(11);
        assertThat(registry.get("strandline.job.edge.queue")
                        .tags("job", "flights", "branch", "main", "from", "numbers", "to", "counts")
                        .gauge()
                        .value())
                .isEqualTo(0.75);
    }

    @Test
    void forgetsTheSeriesOfAnInstanceThatIsGone() {
        gauges.show(List.of(new Shown(spec("flights"), () -> Figures.ofTwoOperators(1, 0, 0))));
        gauges.show(List.of());

        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .extracting(Meter.Id::getName)
                .noneMatch(name -> name.startsWith("strandline.job."));
    }

    @Test
    void showsAHundredOperatorsOfAnInstanceAndLeavesOutChainedStreams() {
        InstanceMetrics two = Figures.ofTwoOperators(1, 0, 0);
        InstanceMetrics many = new InstanceMetrics(
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                IntStream.range(0, 150)
                        .mapToObj(index -> new InstanceMetrics.OperatorMetrics(
                                "operator-" + index,
                                InstanceMetrics.Kind.OPERATOR,
                                "operator-0",
                                1,
                                1,
                                1,
                                0,
                                0,
                                two.operators().get(0).times(),
                                two.operators().get(0).recent(),
                                two.operators().get(0).stored()))
                        .toList(),
                List.of(new EdgeMetrics("operator-0", "", "operator-1", false, true, 0, 0)),
                List.of());

        gauges.show(List.of(new Shown(spec("many"), () -> many)));

        assertThat(registry.get("strandline.job.operator.busy").gauges()).hasSize(100);
        assertThat(registry.find("strandline.job.edge.queue").gauges()).isEmpty();
    }

    private double operator(String figure, String name) {
        Gauge gauge = registry.get("strandline.job.operator." + figure)
                .tags("job", "flights", "branch", "main", "operator", name)
                .gauge();
        return gauge.value();
    }

    private static InstanceSpec spec(String job) {
        return new InstanceSpec(
                "i", new BranchRef("id", "main"), job, 1, "{}", 1, null, null, null, List.of(), Map.of());
    }
}
