package io.strandline.engine;

import io.strandline.engine.checkpoint.CoordinatorEvent;
import io.strandline.engine.checkpoint.FailureCause;
import io.strandline.engine.checkpoint.SubtaskSnapshot;
import io.strandline.engine.checkpoint.SubtaskStatistics;
import io.strandline.engine.task.Acknowledgement;
import io.strandline.engine.task.StuckStepException;
import io.strandline.engine.task.Subtask;
import io.strandline.engine.task.SubtaskId;
import io.strandline.engine.task.SubtaskListener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes what subtasks tell from their threads to the control thread, in the coordinator's words. */
final class SubtaskReports implements SubtaskListener {

    private static final System.Logger LOG = System.getLogger(SubtaskReports.class.getName());

    private final String job;
    private final Executor control;
    private final Consumer<CoordinatorEvent> events;
    private final Consumer<FailureCause> failure;
    private final FailureCauses causes;
    private final Map<SubtaskId, Integer> indexes = new HashMap<>();
    private final Set<SubtaskId> opening = new HashSet<>();
    private final Set<SubtaskId> draining = new HashSet<>();
    private final Map<String, FailureCause> stalls = new HashMap<>();
    private final AtomicLong stuckSteps = new AtomicLong();
    private Runnable started = () -> {};
    private long newestAttempt;

    SubtaskReports(
            String job,
            Executor control,
            Consumer<CoordinatorEvent> events,
            Consumer<FailureCause> failure,
            FailureCauses causes) {
        this.job = job;
        this.control = control;
        this.events = events;
        this.failure = failure;
        this.causes = causes;
    }

    /** Names the subtasks; {@code whenOpen} runs when all of them are. */
    void expect(List<Subtask> subtasks, Runnable whenOpen) {
        for (Subtask subtask : subtasks) {
            indexes.put(subtask.id(), indexes.size());
            opening.add(subtask.id());
            draining.add(subtask.id());
        }
        started = whenOpen;
    }

    /** The barrier of an attempt is on its way; it gets nowhere when an output stalls. */
    void sent(long number) {
        newestAttempt = number;
        stalls.values().stream()
                .findFirst()
                .ifPresent(cause -> events.accept(new CoordinatorEvent.Declined(number, cause)));
    }

    @Override
    public void opened(SubtaskId subtask) {
        control.execute(() -> {
            if (opening.remove(subtask) && opening.isEmpty()) {
                started.run();
            }
        });
    }

    @Override
    public void drained(SubtaskId subtask) {
        control.execute(() -> {
            if (draining.remove(subtask) && draining.isEmpty()) {
                events.accept(new CoordinatorEvent.InputEnded());
            }
        });
    }

    @Override
    public void acknowledged(SubtaskId subtask, Acknowledgement done) {
        Acknowledgement.Timing timing = done.timing();
        SubtaskStatistics statistics = new SubtaskStatistics(
                subtask.vertex(),
                subtask.index(),
                timing.startDelay(),
                timing.alignment(),
                timing.freeze(),
                timing.async(),
                done.inFlight().processedBytes(),
                done.inFlight().persistedBytes(),
                done.flushed().dirtyEntries(),
                done.flushed().newBytes(),
                done.flushed().totalBytes());
        SubtaskSnapshot snapshot = new SubtaskSnapshot(statistics, done.positions(), done.watermarks());
        control.execute(() -> events.accept(
                new CoordinatorEvent.Acknowledged(done.number(), indexes.getOrDefault(subtask, -1), snapshot)));
    }

    @Override
    public void declined(SubtaskId subtask, long number, Throwable cause) {
        events.accept(
                new CoordinatorEvent.Declined(number, at(subtask.vertex(), subtask.index(), causes.ofWrite(cause))));
    }

    private static FailureCause at(String vertex, int subtask, FailureCause cause) {
        return new FailureCause(cause.kind(), cause.detail(), vertex, subtask, cause.cause());
    }

    @Override
    public void stalled(String sink, int subtask, @Nullable Throwable cause) {
        control.execute(() -> {
            String output = sink + "/" + subtask;
            if (cause == null) {
                stalls.remove(output);
            } else {
                stalls.put(output, at(sink, subtask, causes.ofWrite(cause)));
                sent(newestAttempt);
            }
        });
    }

    @Override
    public void stuck(SubtaskId subtask, @Nullable String vertex, StuckStepException stuck) {
        stuckSteps.incrementAndGet();
        LOG.log(
                System.Logger.Level.WARNING,
                "job %s: %s, subtask %d: %s"
                        .formatted(
                                job, vertex == null ? subtask.vertex() : vertex, subtask.index(), stuck.getMessage()),
                stuck);
    }

    /** How many steps were told to be stuck; by any thread. */
    long stuckSteps() {
        return stuckSteps.get();
    }

    @Override
    public void failed(SubtaskId subtask, @Nullable String vertex, Throwable cause) {
        control.execute(() -> failure.accept(causes.ofStep(subtask, vertex, cause)));
    }
}
