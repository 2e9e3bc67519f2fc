package io.strandline.ops;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.strandline.runner.AttemptReport;
import io.strandline.snapshot.SnapshotKind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Counts and times checkpoint attempts, by why they were taken and how they ended. */
final class CheckpointMeters {

    private static final List<String> PHASES = List.of("align", "freeze", "flush", "cut", "commit", "notify");
    private static final List<SnapshotKind> TAKEN =
            List.of(SnapshotKind.PERIODIC, SnapshotKind.MANUAL, SnapshotKind.FINAL, SnapshotKind.SAFETY);

    private final Map<String, Timer> durations = new HashMap<>();
    private final Map<String, Timer> phases = new HashMap<>();
    private final Map<String, Counter> failures = new HashMap<>();
    private final Counter otherFailures;
    private final DistributionSummary written;
    private final DistributionSummary size;

    CheckpointMeters(MeterRegistry registry) {
        for (SnapshotKind kind : TAKEN) {
            for (AttemptReport.State state : AttemptReport.State.values()) {
                if (state != AttemptReport.State.RUNNING) {
                    durations.put(key(kind, state), duration(kind, state, registry));
                }
            }
        }
        for (String phase : PHASES) {
            phases.put(
                    phase,
                    Timer.builder("strandline.checkpoint.phase")
                            .description("Time completed checkpoints spent in a phase")
                            .tag("phase", phase)
                            .register(registry));
            failures.put(phase, failure(phase, registry));
        }
        otherFailures = failure("other", registry);
        written = DistributionSummary.builder("strandline.checkpoint.written")
                .description("New bytes a completed checkpoint wrote")
                .baseUnit("bytes")
                .register(registry);
        size = DistributionSummary.builder("strandline.checkpoint.size")
                .description("Bytes of all files a completed checkpoint names, shared ones included")
                .baseUnit("bytes")
                .register(registry);
    }

    void record(AttemptReport report) {
        Instant end = report.endedAt();
        Timer timer = durations.get(key(report.kind(), report.state()));
        if (end == null || timer == null) {
            return;
        }
        timer.record(Duration.between(report.startedAt(), end));
        switch (report.state()) {
            case COMPLETED -> completed(report);
            case FAILED -> failureIn(report).increment();
            case ABORTED, RUNNING -> {}
        }
    }

    private void completed(AttemptReport report) {
        report.phaseMillis().forEach((phase, millis) -> {
            Timer timer = phases.get(phase);
            if (timer != null) {
                timer.record(Duration.ofNanos(Math.round(millis * 1_000_000)));
            }
        });
        written.record((double) report.newBytes());
        size.record((double) report.totalBytes());
    }

    private Counter failureIn(AttemptReport report) {
        String phase = report.failedPhase();
        return phase == null ? otherFailures : failures.getOrDefault(phase, otherFailures);
    }

    private static Timer duration(SnapshotKind kind, AttemptReport.State state, MeterRegistry registry) {
        return Timer.builder("strandline.checkpoint.duration")
                .description("Time from trigger to end of checkpoint attempts")
                .tag("trigger", kind.name().toLowerCase(Locale.ROOT))
                .tag("outcome", state.name().toLowerCase(Locale.ROOT))
                .register(registry);
    }

    private static Counter failure(String phase, MeterRegistry registry) {
        return Counter.builder("strandline.checkpoint.failures")
                .description("Failed checkpoint attempts by the phase they failed in")
                .tag("phase", phase)
                .register(registry);
    }

    private static String key(SnapshotKind kind, AttemptReport.State state) {
        return kind + "/" + state;
    }
}
