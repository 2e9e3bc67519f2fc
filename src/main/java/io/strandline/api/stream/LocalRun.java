package io.strandline.api.stream;

import io.strandline.engine.JobEnd;
import io.strandline.engine.JobListener;
import io.strandline.engine.RunningJob;
import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.CheckpointOutcome;
import io.strandline.engine.checkpoint.CheckpointRequest;
import io.strandline.engine.connector.OutputMove;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotKind;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One run of a job. Safe for concurrent use. */
public final class LocalRun implements JobListener {

    private final LocalLedger ledger;
    private final CompletableFuture<RunningJob> job = new CompletableFuture<>();

    LocalRun(LocalLedger ledger) {
        this.ledger = ledger;
    }

    void bind(RunningJob running) {
        job.complete(running);
    }

    /**
     * Takes a version, and waits for it.
     *
     * @throws IllegalStateException when it does not come to be
     */
    public Manifest checkpoint() {
        CheckpointOutcome outcome = job.join()
                .checkpoint(new CheckpointRequest(UUID.randomUUID().toString(), SnapshotKind.MANUAL, null, null))
                .join();
        if (outcome instanceof CheckpointOutcome.Completed) {
            return head();
        }
        throw new IllegalStateException("no version was taken: " + outcome);
    }

    /**
     * Waits for the end of the input and of the job.
     *
     * @return the final version
     * @throws IllegalStateException when the job fails
     */
    public Manifest awaitEnd() {
        JobEnd end = job.join().end().join();
        if (end instanceof JobEnd.Failed failed) {
            throw new IllegalStateException(
                    "the job failed: " + failed.cause().detail(), failed.cause().cause());
        }
        return head();
    }

    /** Ends the job at once, without a version. */
    public void cancel() {
        job.join().cancel().join();
    }

    /**
     * The newest version.
     *
     * @throws IllegalStateException when there is none
     */
    public Manifest head() {
        Manifest head = ledger.head();
        if (head == null) {
            throw new IllegalStateException("there is no version yet");
        }
        return head;
    }

    @Override
    public void outputsReconciled(List<OutputMove> moves) {
        // sinks have done it; there is nobody to tell
    }

    @Override
    public void running() {
        // whoever wants to know asks for a version
    }

    @Override
    public void attempt(AttemptReport report) {
        // versions are told by the ledger
    }

    @Override
    public void ended(JobEnd end) {
        // told by the running job's end
    }
}
