package io.strandline.ingest;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.PipelineVersion;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.FieldError;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.runner.intake.Push;
import io.strandline.runner.intake.PushOutcome;
import io.strandline.runner.intake.PushTarget;
import io.strandline.runner.intake.RecordIntake;
import io.strandline.snapshot.SourcePosition;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Records that clients push, whether the job runs or not. */
@Component
public final class Pushes {

    private final Catalog catalog;
    private final StoredVersions versions;
    private final RecordIntake intake;

    Pushes(Catalog catalog, StoredVersions versions, RecordIntake intake) {
        this.catalog = catalog;
        this.versions = versions;
        this.intake = intake;
    }

    /**
     * Keeps records for a source; they are durable on return.
     *
     * @throws StrandlineException {@code invalid-records} with a pointer for each, {@code source-not-found}, {@code
     *     backlog-full}, {@code idempotency-key-reused}, {@code storage-full}, {@code storage-unavailable}
     */
    public PushOutcome.Kept push(Job job, String branchName, String source, Push push) {
        Branch branch = catalog.branch(job.id(), branchName)
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND, "Job " + job.name() + " has no branch '" + branchName + "'."));
        PipelineVersion pipeline =
                catalog.pipeline(job.id(), branch.pipelineVersion()).orElseThrow();
        PushTarget target =
                new PushTarget(job.id(), source, pipeline.document(), pipeline.version(), () -> positions(job.id()));
        PushOutcome outcome = intake.push(target, push);
        if (outcome instanceof PushOutcome.Kept kept) {
            return kept;
        }
        throw problem(outcome, job, source).asException();
    }

    /** Where the job's head stands. */
    private List<SourcePosition> positions(String jobId) {
        return catalog.branch(jobId, Branch.MAIN)
                .flatMap(main -> Optional.ofNullable(main.head()).flatMap(catalog::snapshot))
                .map(head -> versions.manifest(head).content().sources())
                .orElse(List.of());
    }

    private static Problem problem(PushOutcome outcome, Job job, String source) {
        if (outcome instanceof PushOutcome.Malformed malformed) {
            PushOutcome.BadRecord first = malformed.records().get(0);
            String where = first.pointer().isEmpty() ? "" : " at " + first.pointer();
            return Problem.of(
                            ErrorCode.INVALID_RECORDS,
                            "No record was taken:" + where + " " + first.detail() + more(malformed.records()))
                    .withErrors(malformed.records().stream()
                            .map(bad -> new FieldError(bad.pointer(), bad.detail()))
                            .toList());
        }
        if (outcome instanceof PushOutcome.NoSuchSource none) {
            return Problem.of(
                    ErrorCode.SOURCE_NOT_FOUND,
                    "Job " + job.name() + " has no source '" + source + "' of type http; records can be pushed to "
                            + (none.takers().isEmpty() ? "none of its sources." : none.takers() + "."));
        }
        if (outcome instanceof PushOutcome.NoSuchPartition fewer) {
            String detail = "'" + source + "' has partitions 0 to " + (fewer.partitions() - 1) + ".";
            return Problem.of(ErrorCode.INVALID_PARAMETER, detail).withError("?partition", detail);
        }
        if (outcome instanceof PushOutcome.BacklogFull full) {
            return Problem.of(
                            ErrorCode.BACKLOG_FULL,
                            "'" + source + "' keeps " + full.backlogBytes() + " bytes that job " + job.name()
                                    + " has not read yet; its limit is " + full.limitBytes() + ".")
                    .withRetryAfter(full.retryAfter());
        }
        if (outcome instanceof PushOutcome.KeyReused) {
            return Problem.of(
                    ErrorCode.IDEMPOTENCY_KEY_REUSED, "The key was used for other records; use a new key for these.");
        }
        if (outcome instanceof PushOutcome.StorageFull full) {
            return Problem.of(ErrorCode.STORAGE_FULL, "No record was taken: " + full.detail() + ".");
        }
        return Problem.of(
                ErrorCode.STORAGE_UNAVAILABLE,
                "Whether the records are kept is unknown: " + ((PushOutcome.Unavailable) outcome).detail()
                        + ". Repeat the push with the same Idempotency-Key.");
    }

    private static String more(List<PushOutcome.BadRecord> records) {
        return records.size() == 1 ? "." : " (and " + (records.size() - 1) + " more, listed under errors).";
    }
}
