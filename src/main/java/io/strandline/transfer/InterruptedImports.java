package io.strandline.transfer;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.snapshot.SnapshotId;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * What became of imports in the middle of which the server stopped. The archive is gone with the staging area it lay in, so
 * one that had not been committed cannot go on, and nothing of it stays: a job that was made for it goes, too.
 */
@Component
public final class InterruptedImports {

    private static final int FEW = 10;

    private final Catalog catalog;
    private final History history;
    private final ReceivingJobs receiving;

    InterruptedImports(Catalog catalog, History history, ReceivingJobs receiving) {
        this.catalog = catalog;
        this.history = history;
        this.receiving = receiving;
    }

    /**
     * A version that was committed before anybody could be told.
     *
     * @param head whether its branch goes on from it
     */
    public record Landed(Job job, Snapshot version, boolean head) {}

    /** The version an import made; empty when it made none, and then nothing is left of it. */
    public Optional<Landed> prepare(String operationId) {
        Optional<Landed> landed = made(operationId, "snapshot-completed")
                .flatMap(id -> catalog.snapshot(SnapshotId.parse(id)).stream())
                .flatMap(version -> catalog.job(version.jobId()).stream().map(job -> landed(job, version)))
                .findFirst();
        if (landed.isEmpty()) {
            Cause cause = Cause.system("its import was interrupted").within(operationId);
            made(operationId, "job-created").forEach(jobId -> receiving.takeBack(jobId, cause));
        }
        return landed;
    }

    private Landed landed(Job job, Snapshot version) {
        boolean head = catalog.branch(job.id(), version.branch())
                .map(Branch::head)
                .filter(version.id()::equals)
                .isPresent();
        return new Landed(job, version, head);
    }

    /** The ids of what an operation made. */
    private Stream<String> made(String operationId, String action) {
        return history.audit(AuditFilter.ofOperation(operationId, action), null, FEW).stream()
                .map(entry -> entry.subject().substring(entry.subject().indexOf(':') + 1));
    }
}
