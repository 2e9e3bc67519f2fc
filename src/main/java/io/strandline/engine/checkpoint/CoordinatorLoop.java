package io.strandline.engine.checkpoint;

import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Drives a coordinator in production: tells it events and the time, and hands its effects on. Used by one thread. */
public final class CoordinatorLoop {

    private static final long LEAST_DELAY_NANOS = 1_000_000;

    private final Coordinator coordinator;
    private final Consumer<CoordinatorEffect> effects;
    private final Timer timer;
    private final LongSupplier nanos;
    private final InstantSource wall;
    private @Nullable Future<?> tick;
    private boolean stopped;

    /**
     * A loop at rest.
     *
     * @param effects does what the coordinator wants done, without blocking
     * @param timer runs ticks
     * @param nanos monotonic clock
     * @param wall clock for what people see
     */
    public CoordinatorLoop(
            Coordinator coordinator,
            Consumer<CoordinatorEffect> effects,
            Timer timer,
            LongSupplier nanos,
            InstantSource wall) {
        this.coordinator = coordinator;
        this.effects = effects;
        this.timer = timer;
        this.nanos = nanos;
        this.wall = wall;
    }

    /** Tells the coordinator an event and does what it wants done. */
    public void on(CoordinatorEvent event) {
        Moment now = new Moment(nanos.getAsLong(), wall.instant());
        coordinator.on(event, now).forEach(effects);
        arm(now);
    }

    /** Tells it the time no more. */
    public void stop() {
        stopped = true;
        disarm();
    }

    private void arm(Moment now) {
        disarm();
        OptionalLong deadline = coordinator.deadline();
        if (deadline.isPresent() && !stopped) {
            long delay = Math.max(LEAST_DELAY_NANOS, deadline.getAsLong() - now.nanos());
            tick = timer.schedule(() -> on(new CoordinatorEvent.Tick()), delay);
        }
    }

    private void disarm() {
        Future<?> pending = tick;
        if (pending != null) {
            pending.cancel(false);
            tick = null;
        }
    }

    /** Runs a task later, on the one thread that uses the loop. */
    @FunctionalInterface
    public interface Timer {

        /** Cancelling the answer forgets the task. */
        Future<?> schedule(Runnable task, long delayNanos);
    }
}
