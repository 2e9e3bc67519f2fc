package io.strandline.event;

import io.strandline.runner.AttemptReport;
import io.strandline.runner.BranchRef;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceListeners;
import io.strandline.runner.InstanceSpec;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of instances that run and of their attempts at checkpoints. */
@Component
final class AttemptEvents implements InstanceListeners {

    private final EventLog events;
    private final Clock clock;

    AttemptEvents(EventLog events, Clock clock) {
        this.events = events;
        this.clock = clock;
    }

    /** An attempt, as an event tells of it. */
    record Attempt(
            long number,
            String instanceId,
            SnapshotKind kind,
            SnapshotMode mode,
            AttemptReport.State state,
            Instant startedAt,
            @Nullable Instant endedAt,
            Map<String, Double> phaseMillis,
            long newBytes,
            long totalBytes,
            @Nullable FailureCause failure,
            @Nullable String failedPhase) {}

    @Override
    public InstanceListener listenTo(InstanceSpec spec) {
        return new Listener(spec);
    }

    /** To one instance; its calls come in order. */
    private final class Listener implements InstanceListener {

        private final InstanceSpec spec;
        private long begun;

        Listener(InstanceSpec spec) {
            this.spec = spec;
        }

        @Override
        public void running() {
            BranchRef on = spec.on();
            events.publish(new LiveNews(
                    EventType.INSTANCE_RUNNING,
                    clock.instant(),
                    on.jobId(),
                    on.branch(),
                    null,
                    null,
                    Map.of("instanceId", spec.instanceId())));
        }

        @Override
        public void attempt(AttemptReport report) {
            EventType type = type(report);
            begun = Math.max(begun, report.number());
            BranchRef on = spec.on();
            events.publish(new LiveNews(
                    type,
                    Objects.requireNonNullElseGet(report.endedAt(), clock::instant),
                    on.jobId(),
                    on.branch(),
                    type == EventType.CHECKPOINT_COMPLETED ? report.number() : null,
                    report.requestId().isEmpty() ? null : report.requestId(),
                    figures(report)));
        }

        private EventType type(AttemptReport report) {
            return switch (report.state()) {
                case RUNNING -> report.number() > begun ? EventType.CHECKPOINT_STARTED : EventType.CHECKPOINT_PROGRESS;
                case COMPLETED -> EventType.CHECKPOINT_COMPLETED;
                case FAILED, ABORTED -> EventType.CHECKPOINT_FAILED;
            };
        }

        private Attempt figures(AttemptReport report) {
            return new Attempt(
                    report.number(),
                    spec.instanceId(),
                    report.kind(),
                    report.mode(),
                    report.state(),
                    report.startedAt(),
                    report.endedAt(),
                    report.phaseMillis(),
                    report.newBytes(),
                    report.totalBytes(),
                    report.failure(),
                    report.failedPhase());
        }
    }
}
