package io.strandline.engine.task;

import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Steps its subtasks in turn. When none gets on it spins for a moment, then sleeps until one of their doorbells rings or one
 * of them is due, and never longer than a nap.
 */
final class Worker implements Runnable {

    private static final int SPINS = 20;
    private static final long NAP_NANOS = 50_000_000;
    private static final long LEAST_SLEEP_NANOS = 10_000;

    private final List<Subtask> subtasks = new CopyOnWriteArrayList<>();
    private final LongSupplier clock;
    private final Consumer<Throwable> fatal;
    private final Thread thread;
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
            Progress progress = step(subtask, start);
            subtask.time().step(progress, start, clock.getAsLong());
            if (progress == Progress.ENDED) {
                subtasks.remove(subtask);
            }
            worked |= progress == Progress.WORKED;
        }
        return worked;
    }

    private Progress step(Subtask subtask, long nowNanos) {
        try {
            return subtask.step(nowNanos);
        } catch (OutOfMemoryError | InternalError e) {
            fatal.accept(e);
            subtask.fail(e);
        } catch (IOException | RuntimeException | Error e) {
            subtask.fail(e);
        }
        return Progress.ENDED;
    }
}
