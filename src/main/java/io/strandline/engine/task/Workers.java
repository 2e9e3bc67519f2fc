package io.strandline.engine.task;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/** A fixed pool of workers, which every job shares. */
public final class Workers implements AutoCloseable {

    private final List<Worker> workers;

    /**
     * Starts the workers.
     *
     * @param fatal told of errors that no job can be blamed for, such as memory running out
     */
    public Workers(int count, LongSupplier clock, Consumer<Throwable> fatal) {
        workers = IntStream.range(0, count)
                .mapToObj(index -> new Worker(index, clock, fatal))
                .toList();
        workers.forEach(Worker::start);
    }

    /** Gives each subtask to the worker with the fewest. */
    public synchronized void run(List<Subtask> subtasks) {
        for (Subtask subtask : subtasks) {
            workers.stream()
                    .min(Comparator.comparingInt(Worker::load))
                    .orElseThrow()
                    .add(subtask);
        }
    }

    /** Stops stepping; subtasks are to be cancelled before. */
    @Override
    public void close() {
        workers.forEach(Worker::stop);
    }
}
