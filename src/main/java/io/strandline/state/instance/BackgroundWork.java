package io.strandline.state.instance;

import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;

/**
 * What runs in the background for one instance and uses its files: closing waits for what is under way and lets nothing more
 * begin.
 */
final class BackgroundWork {

    private final Executor executor;
    private int underWay;
    private volatile boolean closed;

    /** Work on the given threads. */
    BackgroundWork(Executor executor) {
        this.executor = executor;
    }

    Executor executor() {
        return executor;
    }

    /** Runs a task some time, or never once the instance is closed. */
    void execute(Runnable task) {
        executor.execute(() -> {
            if (begin()) {
                try {
                    task.run();
                } finally {
                    end();
                }
            }
        });
    }

    /**
     * Runs a step on the thread of the caller.
     *
     * @throws CancellationException when the instance is closed
     */
    <T, X extends Exception> T run(Step<T, X> step) throws X {
        if (!begin()) {
            throw new CancellationException("the state is closed");
        }
        try {
            return step.run();
        } finally {
            end();
        }
    }

    /** Whether what is under way should end early. */
    boolean isClosed() {
        return closed;
    }

    /** Lets nothing more begin and waits until nothing is under way. */
    synchronized void close() {
        closed = true;
        boolean interrupted = false;
        while (underWay > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean begin() {
        if (closed) {
            return false;
        }
        underWay++;
        return true;
    }

    private synchronized void end() {
        underWay--;
        notifyAll();
    }

    /** Part of the work. */
    @FunctionalInterface
    interface Step<T, X extends Exception> {

        T run() throws X;
    }
}
