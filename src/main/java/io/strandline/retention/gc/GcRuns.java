package io.strandline.retention.gc;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.work.OperationLog.LoggedOperation;
import io.strandline.operation.Operation;
import io.strandline.operation.Operations;
import io.strandline.operation.Resumption;
import io.strandline.operation.Submission;
import io.strandline.operation.Work;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Starts collections as operations, each ending in a {@link GcRun}, and keeps the reports. */
@Service
public final class GcRuns {

    private static final String RUN = "gc-run";
    static final String PURGE = "trash-purge";

    private final Catalog catalog;
    private final Collector collector;
    private final Circuit circuit;
    private final Operations operations;
    private final GcReports reports;
    private final GcMeters meters;

    GcRuns(
            Catalog catalog,
            Collector collector,
            Circuit circuit,
            Operations operations,
            GcReports reports,
            GcMeters meters) {
        this.catalog = catalog;
        this.collector = collector;
        this.circuit = circuit;
        this.operations = operations;
        this.reports = reports;
        this.meters = meters;
    }

    /** Why deletion is switched off, empty while it is on. */
    public Optional<String> switchedOff() {
        return circuit.fault().map(Circuit.Fault::detail);
    }

    /**
     * Looks for garbage, or collects it.
     *
     * @param quarantineUnknown whether live files nobody names go into quarantine too; else they are only counted
     * @throws StrandlineException {@code circuit-open}
     */
    public Operation start(GcRun.Mode mode, boolean quarantineUnknown, Cause cause) {
        GcOrder.Unknown unknown = quarantineUnknown ? GcOrder.Unknown.QUARANTINE : GcOrder.Unknown.REPORT;
        return submit(RUN, new GcOrder(mode, false, null, false, unknown, cause));
    }

    /**
     * Purges the trash now, windows or not.
     *
     * @param snapshots only these versions, null for all and for trashed jobs
     * @param skipQuarantine unlink files at once; the second witness is heard all the same
     * @throws StrandlineException {@code circuit-open}, {@code snapshot-not-found}, {@code snapshot-purged}, {@code
     *     not-trashed}
     */
    public Operation purge(@Nullable List<SnapshotId> snapshots, boolean skipQuarantine, Cause cause) {
        if (snapshots != null) {
            snapshots.forEach(this::requireTrashed);
        }
        return submit(
                PURGE, new GcOrder(GcRun.Mode.DELETE, true, snapshots, skipQuarantine, GcOrder.Unknown.IGNORE, cause));
    }

    /** Goes on with a purge that a stopped server left unfinished: what is gone already is not found again. */
    Resumption.Rest resumedPurge(LoggedOperation left, PurgeRequest request) {
        GcOrder order = new GcOrder(
                GcRun.Mode.DELETE,
                true,
                request.ids(),
                request.skipQuarantine(),
                GcOrder.Unknown.IGNORE,
                new Cause(left.actor(), null, left.id(), null),
                left.acceptedAt());
        return new Resumption.Rest(course -> perform(order, course), () -> {});
    }

    /** What the schedule does, unless there is nothing to do or deletion is switched off. */
    void startScheduled() {
        if (circuit.fault().isEmpty() && collector.hasWork()) {
            submit(RUN, GcOrder.scheduled(Cause.system("scheduled garbage collection")));
        }
    }

    /** Reports, newest first, below {@code beforeId} when given. */
    public List<GcRun> list(@Nullable String beforeId, int limit) {
        return reports.list(beforeId, limit);
    }

    private Operation submit(String type, GcOrder order) {
        circuit.fault().filter(open -> !order.dryRun()).ifPresent(open -> {
            throw Collector.refusal(open);
        });
        return operations.submit(
                new Submission(type, null, PurgeRequest.of(order), order.cause()), course -> perform(order, course));
    }

    private GcRun perform(GcOrder order, Work.Course course) {
        GcRun run = collector.run(course.operationId(), order.within(course.cause()));
        meters.ran(run, circuit.fault().isPresent());
        if (run.isWorthKeeping() || !order.cause().actor().equals("system")) {
            reports.save(run);
        }
        if (run.outcome() == GcRun.Outcome.REFUSED) {
            throw Problem.of(
                            ErrorCode.CIRCUIT_OPEN,
                            "Nothing was unlinked, and nothing will be: "
                                    + Objects.requireNonNullElse(run.detail(), "")
                                    + " Mend it, then run a DRY_RUN; a clean one switches deletion on again.")
                    .asException();
        }
        return run;
    }

    private void requireTrashed(SnapshotId id) {
        Snapshot version = catalog.snapshot(id)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.SNAPSHOT_NOT_FOUND, "There is no version " + id + "; see GET /api/v1/trash."));
        switch (version.state()) {
            case COMPLETED ->
                throw new StrandlineException(
                        ErrorCode.NOT_TRASHED, "Version " + id + " is not in the trash; delete it first.");
            case PURGED ->
                throw new StrandlineException(ErrorCode.SNAPSHOT_PURGED, "Version " + id + " was purged already.");
            case TRASHED -> {}
        }
    }
}
