package io.strandline.model;

import io.strandline.runner.CheckpointOutcome;
import io.strandline.runner.CheckpointRequest;
import io.strandline.runner.CommitOutcome;
import io.strandline.runner.FailureCause;
import io.strandline.runner.InstanceListener;
import io.strandline.runner.InstanceMetrics;
import io.strandline.runner.InstanceSpec;
import io.strandline.runner.RunningInstance;
import io.strandline.runner.SnapshotCandidate;
import io.strandline.runner.SnapshotLedger;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.StateCut;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A run of a job that reads no records: a script changes its state and says when its attempts begin and end. One that is
 * cancelled in the middle of an attempt lives on as a zombie, which may yet try to commit.
 */
final class ModelInstance implements RunningInstance {

    final ModelState state;
    private final InstanceSpec spec;
    private final SnapshotLedger ledger;
    private final InstanceListener listener;
    private final Clock clock;
    private @Nullable Attempt attempt;
    private boolean cancelled;

    /** An attempt whose files are published and pinned. */
    private record Attempt(
            CheckpointRequest request, long number, SnapshotMode mode, Instant startedAt, StateCut cut) {}

    ModelInstance(InstanceSpec spec, ModelState state, SnapshotLedger ledger, InstanceListener listener, Clock clock) {
        this.spec = spec;
        this.state = state;
        this.ledger = ledger;
        this.listener = listener;
        this.clock = clock;
    }

    static int parallelism(InstanceSpec spec) {
        return Objects.requireNonNullElse(spec.parallelism(), 1);
    }

    static String backend(InstanceSpec spec) {
        return Objects.requireNonNullElse(spec.backend(), "filesystem");
    }

    boolean inAttempt() {
        return attempt != null;
    }

    boolean isZombie() {
        return cancelled;
    }

    /** Takes a snapshot as far as publishing its files. */
    void begin(CheckpointRequest request) throws IOException {
        long number = ledger.reserveNumber();
        SnapshotMode mode = Objects.requireNonNullElse(request.mode(), SnapshotMode.INCREMENTAL);
        Instant at = clock.instant();
        attempt = new Attempt(request, number, mode, at, state.cut(number, mode));
    }

    /** Commits the attempt under way. */
    CheckpointOutcome commit() throws IOException {
        Attempt ending = Objects.requireNonNull(attempt);
        attempt = null;
        CommitOutcome outcome = ledger.commit(new SnapshotCandidate(
                ending.request().requestId(), ending.request().kind(), ending.startedAt(), content(ending)));
        if (outcome instanceof CommitOutcome.Committed committed) {
            state.committed(ending.number());
            buryZombie();
            return new CheckpointOutcome.Completed(committed.id(), ending.number());
        }
        state.aborted(ending.number());
        buryZombie();
        return outcome instanceof CommitOutcome.Refused refused
                ? new CheckpointOutcome.Failed(ending.number(), refused.cause())
                : new CheckpointOutcome.Unknown(ending.number(), outcome.toString());
    }

    /** Gives the attempt under way up. */
    void fail() throws IOException {
        state.aborted(Objects.requireNonNull(attempt).number());
        attempt = null;
        buryZombie();
    }

    private void buryZombie() throws IOException {
        if (cancelled) {
            state.close();
        }
    }

    private SnapshotContent content(Attempt ending) {
        List<OperatorContent> operators = ending.cut().operators().entrySet().stream()
                .map(operator -> new OperatorContent(operator.getKey(), 0, operator.getValue()))
                .toList();
        return new SnapshotContent(
                ending.number(),
                ending.mode(),
                backend(),
                parallelism(),
                ModelState.KEY_GROUPS,
                List.of(),
                operators,
                ending.cut().newBytes());
    }

    @Override
    public InstanceSpec spec() {
        return spec;
    }

    @Override
    public int parallelism() {
        return parallelism(spec);
    }

    @Override
    public String backend() {
        return backend(spec);
    }

    @Override
    public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
        if (attempt != null) {
            return CompletableFuture.completedFuture(new CheckpointOutcome.Declined("another is under way"));
        }
        try {
            begin(request);
            return CompletableFuture.completedFuture(commit());
        } catch (IOException e) {
            FailureCause cause = new FailureCause("checkpoint-failed", e.toString(), null, null, false);
            return CompletableFuture.completedFuture(new CheckpointOutcome.Failed(0, cause));
        }
    }

    @Override
    public CompletableFuture<CheckpointOutcome> drain() {
        CompletableFuture<CheckpointOutcome> outcome =
                checkpoint(new CheckpointRequest("", SnapshotKind.FINAL, null, null));
        if (outcome.join() instanceof CheckpointOutcome.Completed) {
            cancel();
            listener.finished();
        }
        return outcome;
    }

    @Override
    public CompletableFuture<Void> cancel() {
        if (!cancelled) {
            cancelled = true;
            try {
                if (attempt == null) {
                    state.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Map<String, List<StateSchema>> states() {
        return Map.of();
    }

    @Override
    public CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String name, List<Object> key) {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public InstanceMetrics metrics() {
        return InstanceMetrics.none();
    }
}
