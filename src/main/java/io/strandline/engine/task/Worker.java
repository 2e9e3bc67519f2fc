package io.strandline.engine.task;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Steps its subtasks in turn. When none gets on it spins for a moment, then sleeps until one of their doorbells rings or one
 * of them is due, and never longer than a nap.
 */
final class Worker implements Runnable {

    private static final long ABANDONED = -2;
    private static final int SPINS = 20;
    private static final long NAP_NANOS = 50_000_000;
    private static final long LEAST_SLEEP_NANOS = 10_000;

    private final List<Subtask> subtasks = new CopyOnWriteArrayList<>();
    private final LongSupplier clock;
    private final Consumer<Throwable> fatal;
    private final Thread thread;
    // odd during a step
    private final AtomicLong steps = new AtomicLong();
    private volatile @Nullable Subtask current;
    private volatile long since;
    private volatile boolean asleep;
    private volatile boolean stopped;

    Worker(int index, LongSupplier clock, Consumer<Throwable> fatal) {
        this.clock = clock;
        this.fatal = fatal;
        this.thread = new Thread(this, "engine-worker-" + index);
    }

    void start() {
        thread.start();
    }

    void add(Subtask subtask) {
        subtask.wakeBy(this::wake);
        subtasks.add(subtask);
        LockSupport.unpark(thread);
    }

    int load() {
        return subtasks.size();
    }

    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** The step that it is in; null when it is between two. */
    @Nullable
    Step underWay() {
        long step = steps.get();
        Subtask subtask = current;
        long began = since;
        boolean inStep = (step & 1) == 1 && steps.get() == step;
        return inStep && subtask != null ? new Step(subtask, step, began) : null;
    }

    /** A step that is taken to be stuck after so long. */
    Stuck stuck(Step step, long nanos) {
        return new Stuck(step.subtask, step.number, nanos, thread.getStackTrace());
    }

    /**
     * Leaves it alone with the subtask that is stuck, to end when that step does.
     *
     * @return the other subtasks, which another worker may step now; null when the step has come to an end after all
     */
    @Nullable
    List<Subtask> abandon(Stuck stuck) {
        if (!steps.compareAndSet(stuck.step, ABANDONED)) {
            return null;
        }
        return subtasks.stream().filter(other -> other != stuck.subtask).toList();
    }

    @Override
    public void run() {
        int idleRounds = 0;
        while (!stopped) {
            if (round()) {
                idleRounds = 0;
            } else if (idleRounds < SPINS) {
                idleRounds++;
                Thread.onSpinWait();
            } else {
                sleep();
            }
        }
    }

    private void wake() {
        if (asleep) {
            asleep = false;
            LockSupport.unpark(thread);
        }
    }

    /** Whoever rings from here on sees that it sleeps; what was done before is seen by one more round. */
    private void sleep() {
        asleep = true;
        VarHandle.fullFence();
        if (!round() && !stopped) {
            if (subtasks.isEmpty()) {
                LockSupport.park(this);
            } else {
                long nanos = Math.min(NAP_NANOS, dueNanos());
                if (nanos > LEAST_SLEEP_NANOS) {
                    LockSupport.parkNanos(this, nanos);
                }
            }
        }
        asleep = false;
    }

    /** How long until the first subtask is due. */
    private long dueNanos() {
        long now = clock.getAsLong();
        long due = Long.MAX_VALUE;
        for (Subtask subtask : subtasks) {
            long next = subtask.dueNanos(now);
            due = Math.min(due, next == Long.MAX_VALUE ? next : Math.max(0, next - now));
        }
        return due;
    }

    private boolean round() {
        boolean worked = false;
        for (Subtask subtask : subtasks) {
            long start = clock.getAsLong();
            Progress progress = watched(subtask, start);
            if (stopped) {
                return worked;
            }
            subtask.time().step(progress, start, clock.getAsLong());
            if (progress == Progress.ENDED) {
                subtasks.remove(subtask);
            }
            worked |= progress == Progress.WORKED;
        }
        return worked;
    }

    private Progress watched(Subtask subtask, long nowNanos) {
        long step = steps.getPlain() + 1;
        current = subtask;
        since = nowNanos;
        steps.set(step);
        Progress progress = step(subtask, nowNanos);
        if (!steps.compareAndSet(step, step + 1)) {
            stopped = true;
            return progress == Progress.ENDED ? progress : step(subtask, nowNanos);
        }
        return progress;
    }

    private Progress step(Subtask subtask, long nowNanos) {
        try {
            return subtask.step(nowNanos);
        } catch (OutOfMemoryError | InternalError e) {
            fatal.accept(e);
            fail(subtask, e);
        } catch (IOException | RuntimeException | Error e) {
            fail(subtask, e);
        }
        return Progress.ENDED;
    }

    /** The worker outlives it whatever comes of that: others' subtasks would wait for it for ever. */
    private void fail(Subtask subtask, Throwable cause) {
        try {
            subtask.fail(cause);
        } catch (RuntimeException | Error e) {
            fatal.accept(e);
        }
    }

    /**
     * A step under way.
     *
     * @param subtask whose it is
     * @param number which one of the worker's
     * @param since when it began
     */
    record Step(Subtask subtask, long number, long since) {}

    /**
     * A step that does not come to an end.
     *
     * @param subtask whose it is
     * @param step which one of the worker's
     * @param nanos how long it has taken so far
     * @param stack where it is
     */
    record Stuck(Subtask subtask, long step, long nanos, StackTraceElement[] stack) {

        StuckStepException asFailure() {
            return new StuckStepException(Duration.ofNanos(nanos), stack);
        }
    }
}
