package io.strandline.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.strandline.runner.AttemptReport;
import io.strandline.runner.AttemptReport.State;
import io.strandline.runner.BranchRef;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;

class MeteredRunnerTests {

    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ScriptedRunner scripted = new ScriptedRunner();
    private final MeteredRunner runner = new MeteredRunner(scripted, registry, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void everyMeterIsThereAtZeroBeforeAnythingRuns() {
        assertThat(registry.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(meter.measure()).allSatisfy(m -> assertThat(m.getValue()).isZero());
            assertThat(meter.getId().getDescription()).isNotBlank();
        });
        assertThat(registry.find("strandline.checkpoint.duration").timers()).hasSize(12);
        assertThat(registry.find("strandline.checkpoint.phase").timers()).hasSize(6);
    }

    @Test
    void timesACompletedCheckpoint() {
        start("a");
        tell("a", report(State.RUNNING, null, null));
        tell("a", report(State.COMPLETED, null, null));

        assertThat(registry.get("strandline.checkpoint.duration")
                        .tags("trigger", "manual", "outcome", "completed")
                        .timer()
                        .totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(500);
        assertThat(registry.get("strandline.checkpoint.phase")
                        .tag("phase", "flush")
                        .timer()
                        .totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(12_500);
        assertThat(registry.get("strandline.checkpoint.written").summary().totalAmount())
                .isEqualTo(10);
        assertThat(registry.get("strandline.checkpoint.size").summary().totalAmount())
                .isEqualTo(100);
        assertThat(gauge("strandline.checkpoint.newest.age")).isEqualTo(30);
    }

    @Test
    void countsAFailureByItsPhase() {
        start("a");
        tell("a", report(State.FAILED, "flush", cause("checkpoint-timeout")));
        tell("a", report(State.FAILED, "unheard-of", cause("checkpoint-timeout")));

        assertThat(failures("flush")).isEqualTo(1);
        assertThat(failures("other")).isEqualTo(1);
        assertThat(failures("align")).isZero();
    }

    @Test
    void showsTheFiguresOfWhatRunsAndKeepsCountingRecordsAfterwards() {
        RunningInstance a = start("a");
        start("b");
        scripted.figures.put("a", figures(10, 4, NOW.minusSeconds(5).toEpochMilli(), 0.25));
        scripted.figures.put("b", figures(20, 5, Long.MIN_VALUE, 0.5));

        assertThat(gauge("strandline.instances.running")).isEqualTo(2);
        assertThat(gauge("strandline.backpressure")).isEqualTo(0.5);
        assertThat(gauge("strandline.watermark.lag")).isEqualTo(5);
        assertThat(gauge("strandline.state.hot")).isEqualTo(14);
        assertThat(registry.get("strandline.job.state.hits").gauges())
                .hasSize(2)
                .allSatisfy(hits -> assertThat(hits.value()).isEqualTo(0.75));
        assertThat(count("strandline.records.in")).isEqualTo(30);
        assertThat(registry.get("strandline.job.records.in")
                        .tags("job", "job-b", "branch", "main")
                        .gauge()
                        .value())
                .isEqualTo(20);

        a.cancel().join();
        listener("b").failed(cause("poison-record"));

        assertThat(gauge("strandline.instances.running")).isZero();
        assertThat(count("strandline.records.in")).isEqualTo(30);
        assertThat(count("strandline.records.out")).isEqualTo(9);
        assertThat(registry.find("strandline.job.records.in").gauges()).isEmpty();
    }

    @Test
    void watchesNothingThatWasNotAccepted() {
        scripted.refusing = true;

        assertThatThrownBy(() -> start("a")).hasMessage("refused");
        assertThat(gauge("strandline.instances.running")).isZero();
    }

    @Test
    void healthIsDegradedWhileCheckpointsCannotBeStored() {
        start("a");
        tell("a", report(State.FAILED, "flush", cause("storage-full")));

        Health degraded = new EngineHealth(runner).health();
        assertThat(degraded.getStatus().getCode()).isEqualTo("DEGRADED");
        assertThat(degraded.getDetails()).containsKey("reason").containsEntry("runningInstances", 1);
        assertThat(degraded.getDetails().get("checkpoints")).asString().contains("job-a@main", "storage-full");

        tell("a", report(State.COMPLETED, null, null));
        assertThat(new EngineHealth(runner).health().getStatus().getCode()).isEqualTo("UP");
    }

    @Test
    void aJobThatFailsForItsOwnReasonsLeavesTheEngineUp() {
        start("a");
        tell("a", report(State.FAILED, "align", cause("checkpoint-timeout")));

        assertThat(new EngineHealth(runner).health().getStatus().getCode()).isEqualTo("UP");
    }

    private RunningInstance start(String id) {
        InstanceSpec spec = new InstanceSpec(
                id, new BranchRef("id-" + id, "main"), "job-" + id, 1, "{}", 1, null, null, null, List.of(), Map.of());
        return runner.start(spec, new SilentLedger(), new InstanceListener() {});
    }

    private InstanceListener listener(String id) {
        InstanceListener listener = scripted.listeners.get(id);
        assertThat(listener).isNotNull();
        return listener;
    }

    private void tell(String id, AttemptReport report) {
        listener(id).attempt(report);
    }

    private static AttemptReport report(State state, @Nullable String phase, @Nullable FailureCause failure) {
        return new AttemptReport(
                7,
                "",
                SnapshotKind.MANUAL,
                SnapshotMode.INCREMENTAL,
                state,
                NOW.minusMillis(30_500),
                state == State.RUNNING ? null : NOW.minusSeconds(30),
                Map.of("flush", 12.5),
                List.of(),
                10,
                100,
                failure,
                phase);
    }

    private static FailureCause cause(String code) {
        return new FailureCause(code, "as scripted", null, null, true);
    }

    private static InstanceMetrics figures(long in, long out, long watermark, double backpressure) {
        return new InstanceMetrics(
                in,
                out,
                0,
                0,
                watermark,
                backpressure,
                7,
                11,
                List.of(),
                List.of(),
                List.of(new InstanceMetrics.TableMetrics("counts", "aggregates", 3, 7, 100, 25)));
    }

    private double gauge(String name) {
        return registry.get(name).gauge().value();
    }

    private double count(String name) {
        return registry.get(name).functionCounter().count();
    }

    private double failures(String phase) {
        Meter meter = registry.get("strandline.checkpoint.failures")
                .tag("phase", phase)
                .meter();
        return meter.measure().iterator().next().getValue();
    }
}
