package io.strandline.engine;

import io.strandline.engine.checkpoint.CheckpointLedger;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.task.Patience;
import io.strandline.engine.task.Workers;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Runs jobs on a fixed pool of workers; one job's failure never touches another. Besides the workers there is one control
 * thread, on which coordinators run and listeners are called, and a pool for whatever may block. Safe for concurrent use.
 */
public final class Engine implements AutoCloseable {

    private final EngineSettings settings;
    private final EngineClocks clocks;
    private final Workers workers;
    private final ScheduledExecutorService control;
    private final ExecutorService blocking;
    private final Consumer<Throwable> fatal;
    private final Set<JobExecution> jobs = ConcurrentHashMap.newKeySet();

    /**
     * Starts the workers.
     *
     * @param nanos monotonic clock, such as {@link System#nanoTime}
     * @param wall clock for what people see
     * @param fatal told of errors that no job can be blamed for, such as memory running out; the process should end
     */
    public Engine(EngineSettings settings, LongSupplier nanos, InstantSource wall, Consumer<Throwable> fatal) {
        this.settings = settings;
        this.clocks = new EngineClocks(nanos, wall);
        this.fatal = fatal;
        Patience patience = new Patience(settings.stuckAfter(), settings.giveUpAfter());
        this.workers = new Workers(settings.workers(), nanos, patience, fatal);
        this.control = Executors.newSingleThreadScheduledExecutor(named("engine-control-"));
        long pause = patience.pause().toNanos();
        control.scheduleWithFixedDelay(workers::look, pause, pause, TimeUnit.NANOSECONDS);
        this.blocking = Executors.newCachedThreadPool(named("engine-io-"));
    }

    /**
     * Starts an instance. Returns at once; whether it could be opened is told to the listener.
     *
     * @param ledger where its snapshots become versions
     */
    public RunningJob start(JobGraph graph, JobStart start, CheckpointLedger ledger, JobListener listener) {
        EngineThreads threads = new EngineThreads(workers, control, blocking, fatal);
        JobExecution job = new JobExecution(graph, start, ledger, listener, new EngineParts(settings, clocks, threads));
        jobs.add(job);
        job.end().thenRun(() -> jobs.remove(job));
        job.start();
        return job;
    }

    /** Ends every instance without a snapshot and stops all threads. */
    @Override
    public void close() {
        jobs.forEach(job -> job.cancel().join());
        workers.close();
        control.shutdown();
        blocking.shutdown();
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.getAndIncrement());
            thread.setDaemon(true);
            return thread;
        };
    }
}
