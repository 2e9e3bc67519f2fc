package io.strandline.engine.task;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Steps its subtasks in turn. When none gets on it spins, then yields, then parks for up to a millisecond; without subtasks
 * it parks until one comes.
 */
final class Worker implements Runnable {

    private static final int SPINS = 32;
    private static final int YIELDS = 64;
    private static final long LEAST_PARK_NANOS = 20_000;
    private static final long MOST_PARK_NANOS = 1_000_000;

    private final List<Subtask> subtasks = new CopyOnWriteArrayList<>();
    private final LongSupplier clock;
    private final Consumer<Throwable> fatal;
    private final Thread thread;
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
            } else if (subtasks.isEmpty()) {
                LockSupport.park(this);
            } else {
                pause(idleRounds++);
            }
        }
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

    private void pause(int idleRounds) {
        if (idleRounds < SPINS) {
            Thread.onSpinWait();
        } else if (idleRounds < SPINS + YIELDS) {
            Thread.yield();
        } else {
            int doublings = Math.min(10, idleRounds - SPINS - YIELDS);
            LockSupport.parkNanos(this, Math.min(MOST_PARK_NANOS, LEAST_PARK_NANOS << doublings));
        }
    }
}
