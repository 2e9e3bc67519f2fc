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
    private final Map<Worker, Seen> seen = new HashMap<>();
    private long looked;
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
        this.looked = clock.getAsLong();
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
        long passed = patience.counted(now - looked);
        looked = now;
        for (int index = 0; index < workers.size() && !closed; index++) {
            look(index, now, passed);
        }
    }

    private void look(int index, long now, long passed) {
        Worker worker = workers.get(index);
        Worker.Step step = worker.underWay();
        if (step == null) {
            seen.remove(worker);
            return;
        }
        Seen before = seen.get(worker);
        if (before == null || before.step != step.number()) {
            before = new Seen(step.number(), Math.min(0, now - step.since() - passed), false);
        }
        long nanos = before.nanos + passed;
        boolean told = before.told;
        if (nanos >= patience.giveUpAfter().toNanos()) {
            replace(index, worker, worker.stuck(step, nanos));
        } else {
            boolean tells = !told && nanos >= patience.tellAfter().toNanos();
            seen.put(worker, new Seen(step.number(), nanos, told || tells));
            if (tells) {
                step.subtask().tellStuck(worker.stuck(step, nanos).asFailure());
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
            seen.remove(worker);
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

    /**
     * A step that was under way at the last look.
     *
     * @param nanos how long it has taken, as far as that counts
     * @param told whether that was told
     */
    private record Seen(long step, long nanos, boolean told) {}
}
