package io.strandline.job;

import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.OutputMove;
import io.strandline.runner.RunningInstance;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One instance as its supervisor sees it: what the runner tells becomes futures here. */
final class Run implements InstanceListener {

    private static final long LOOK_AGAIN_MILLIS = 200;

    private final InstanceSpec spec;
    private final Launch launch;
    private final LongSupplier nanoTime;
    private final CompletableFuture<Void> running = new CompletableFuture<>();
    private final CompletableFuture<End> ended = new CompletableFuture<>();
    private volatile List<OutputMove> moves = List.of();
    private volatile long runningSince;
    private volatile @Nullable RunningInstance instance;

    Run(InstanceSpec spec, Launch launch, LongSupplier nanoTime) {
        this.spec = spec;
        this.launch = launch;
        this.nanoTime = nanoTime;
    }

    /** How an instance ended. */
    sealed interface End {

        /** Its input ended and all of it is in a version. */
        record Finished() implements End {}

        /** It broke. */
        record Failed(FailureCause cause) implements End {}

        /** It was told to. */
        record Cancelled() implements End {}
    }

    InstanceSpec spec() {
        return spec;
    }

    Launch launch() {
        return launch;
    }

    void attach(RunningInstance started) {
        instance = started;
    }

    Optional<RunningInstance> instance() {
        return Optional.ofNullable(instance);
    }

    List<OutputMove> moves() {
        return moves;
    }

    boolean hasRun() {
        return running.isDone();
    }

    boolean over() {
        return ended.isDone();
    }

    CompletableFuture<End> ended() {
        return ended;
    }

    /**
     * Waits until it reads records or is over, and returns the end when it never ran.
     *
     * @param givenUp asked now and then; once true the instance is cancelled
     */
    Optional<End> awaitStart(BooleanSupplier givenUp) {
        CompletableFuture<Object> news = CompletableFuture.anyOf(running, ended);
        while (!news.isDone()) {
            if (givenUp.getAsBoolean()) {
                cancel().join();
            }
            news.copy()
                    .completeOnTimeout(false, LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
        }
        return running.isDone() ? Optional.empty() : Optional.of(ended.join());
    }

    /** How long it has read records. */
    Duration ranFor() {
        return running.isDone() ? Duration.ofNanos(nanoTime.getAsLong() - runningSince) : Duration.ZERO;
    }

    /** Where a branch stands that it runs on. */
    JobState state() {
        if (!running.isDone()) {
            return launch.because().equals(Launch.RESTART) ? JobState.RESTARTING : JobState.STARTING;
        }
        boolean failed = ended.isDone() && ended.join() instanceof End.Failed;
        return failed ? JobState.RESTARTING : JobState.RUNNING;
    }

    /** Stops it at once; completes when no thread of it is left. */
    CompletableFuture<End> cancel() {
        RunningInstance here = instance;
        if (here == null) {
            ended.complete(new End.Cancelled());
            return ended;
        }
        return here.cancel().handle((done, failure) -> {
            ended.complete(new End.Cancelled());
            return ended.join();
        });
    }

    @Override
    public void running() {
        runningSince = nanoTime.getAsLong();
        running.complete(null);
    }

    @Override
    public void outputsReconciled(List<OutputMove> reconciled) {
        moves = List.copyOf(reconciled);
    }

    @Override
    public void finished() {
        running.complete(null);
        ended.complete(new End.Finished());
    }

    @Override
    public void failed(FailureCause cause) {
        ended.complete(new End.Failed(cause));
    }
}
