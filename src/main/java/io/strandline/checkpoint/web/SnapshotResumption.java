package io.strandline.checkpoint.web;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.AuditEntry;
import io.strandline.catalog.history.History.AuditFilter;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.checkpoint.SnapshotRequest;
import io.strandline.checkpoint.Snapshots;
import io.strandline.operation.Resumption;
import io.strandline.operation.Resumption.Rest;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says how an interrupted snapshot ends: with the version that was committed for it, else FAILED {@code interrupted}. Nothing is
 * left of one that was not, and it is not taken later, when the state is another.
 */
@Configuration(proxyBeanMethods = false)
class SnapshotResumption {

    private final Catalog catalog;
    private final History history;
    private final Snapshots snapshots;
    private final JsonMapper json;

    SnapshotResumption(Catalog catalog, History history, Snapshots snapshots, JsonMapper json) {
        this.catalog = catalog;
        this.history = history;
        this.snapshots = snapshots;
        this.json = json;
    }

    @Bean
    Resumption interruptedSnapshot() {
        return new Resumption(
                CheckpointController.SNAPSHOT,
                left -> Optional.ofNullable(left.jobId())
                        .flatMap(catalog::job)
                        .map(job -> new Rest(course -> result(left, job), () -> {})));
    }

    private SnapshotResponse result(LoggedOperation left, Job job) {
        Snapshot version = did(left, "snapshot-completed")
                .map(entry -> entry.subject().substring(entry.subject().indexOf(':') + 1))
                .flatMap(id -> catalog.snapshot(SnapshotId.parse(id)))
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.INTERRUPTED,
                        "The server stopped before the version was complete, and nothing is left of it; take it again once"
                                + " the job runs."));
        SnapshotRequest request = json.readValue(left.request(), SnapshotRequest.class);
        boolean marked = (request.tag() == null || did(left, "tag-created").isPresent())
                && (request.hold() == null || did(left, "hold-placed").isPresent());
        if (!marked) {
            throw new StrandlineException(
                    ErrorCode.INTERRUPTED,
                    "Version " + version.number()
                            + " was taken, but without its tag and hold, and then the server stopped; set them on it.");
        }
        return SnapshotResponse.of(job, snapshots.one(version));
    }

    private Optional<AuditEntry> did(LoggedOperation left, String action) {
        return history.audit(AuditFilter.ofOperation(left.id(), action), null, 1).stream()
                .findFirst();
    }
}
