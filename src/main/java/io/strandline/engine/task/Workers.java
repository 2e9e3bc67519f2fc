package io.strandline.engine.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** A fixed pool of workers, which every job shares. One that is stuck in a step is replaced. */
public final class Workers implements AutoCloseable {

    private final LongSupplier clock;
    private final Consumer<Throwable> fatal;
    private final Patience patience;
    private final List<Worker> workers = new ArrayList<>();
    private final Map<Worker, Long> told = new HashMap<>();
    private int names;
    private boolean closed;

    /**
     * Starts the workers.
     *
     * @param fatal told of errors that no job can be blamed for, such as memory running out
     */
    public Workers(int count, LongSupplier clock, Patience patience, Consumer<Throwable> fatal) {
        this.clock = clock;
        this.patience = patience;
        this.fatal = fatal;
        for (int index = 0; index < count; index++) {
            workers.add(start(List.of()));
        }
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

    /** Looks for steps that do not come to an end; called now and then. */
    public synchronized void look() {
        long now = clock.getAsLong();
        for (int index = 0; index < workers.size() && !closed; index++) {
            Worker worker = workers.get(index);
            Worker.Stuck stuck = worker.stuck(now, patience.tellAfter().toNanos());
            if (stuck == null) {
                told.remove(worker);
            } else if (stuck.nanos() >= patience.giveUpAfter().toNanos()) {
                replace(index, worker, stuck);
            } else if (!Long.valueOf(stuck.step()).equals(told.put(worker, stuck.step()))) {
                stuck.subtask().tellStuck(stuck.asFailure());
            }
        }
    }

    /** Stops stepping; subtasks are to be cancelled before. */
    @Override
    public synchronized void close() {
        closed = true;
        workers.forEach(Worker::stop);
    }

    private void replace(int index, Worker worker, Worker.Stuck stuck) {
        List<Subtask> others = worker.abandon(stuck);
        if (others != null) {
            told.remove(worker);
            workers.set(index, start(others));
            stuck.subtask().giveUp(stuck.asFailure());
        }
    }

    private Worker start(List<Subtask> subtasks) {
        Worker worker = new Worker(names++, clock, fatal);
        subtasks.forEach(worker::add);
        worker.start();
        return worker;
    }
}
