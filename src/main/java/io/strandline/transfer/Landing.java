package io.strandline.transfer;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Commit;
import io.strandline.catalog.Ledger.CommitResult;
import io.strandline.catalog.Ledger.Companions;
import io.strandline.catalog.RefChange.HeadMoved;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.SnapshotChange.SnapshotVerified;
import io.strandline.catalog.Verification;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.job.Claim;
import io.strandline.job.Lifecycle;
import io.strandline.pipeline.PipelineDocument;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.StateContent;
import io.strandline.snapshot.TimeOrderedIds;
import io.strandline.transfer.ReceivingJobs.Destination;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Makes a version of what arrived: a new manifest with an id and a number of this job, committed like any other. A branch
 * that has no version yet goes on from it; elsewhere it lies beside the heads until a verb chooses it.
 */
@Component
final class Landing {

    private static final Logger log = LoggerFactory.getLogger(Landing.class);
    private static final String VERB = "IMPORT";

    private final Ledger ledger;
    private final Catalog catalog;
    private final StoredVersions stored;
    private final Lifecycle lifecycle;
    private final Clock clock;
    private final TimeOrderedIds ids;

    Landing(
            Ledger ledger,
            Catalog catalog,
            StoredVersions stored,
            Lifecycle lifecycle,
            Clock clock,
            TimeOrderedIds ids) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.stored = stored;
        this.lifecycle = lifecycle;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * What is to be committed, and where.
     *
     * @param document the version's pipeline under the job's name
     * @param stateDigest found by decoding all of it
     */
    record Luggage(
            ImportRequest request, Destination to, PipelineDocument document, Arrival arrival, String stateDigest) {}

    /**
     * Commits it.
     *
     * @throws StrandlineException {@code operation-in-progress}, {@code storage-full}, {@code read-only}, …
     */
    ImportOutcome land(Luggage luggage, Cause cause) {
        Job job = luggage.to().job();
        String branch = luggage.request().branch();
        boolean headless = catalog.branch(job.id(), branch)
                .filter(found -> found.head() == null)
                .isPresent();
        if (!headless) {
            return commit(luggage, false, cause);
        }
        try (Claim claim = lifecycle.claim(job, branch, "import")) {
            return commit(luggage, !claim.wanted(), cause);
        }
    }

    private ImportOutcome commit(Luggage luggage, boolean head, Cause cause) {
        Manifest manifest = manifest(luggage);
        With with = new With(luggage, manifest, head);
        Commit commit = new Commit(completed(luggage, manifest), manifest, stored.writing(manifest, true), with);
        CommitResult result = ledger.commit(commit, cause);
        if (!(result instanceof CommitResult.Committed committed)) {
            throw notCommitted(result);
        }
        luggage.arrival().kept();
        Snapshot version = catalog.snapshot(committed.id())
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.CATALOG_UNAVAILABLE,
                        "Version " + manifest.number() + " is committed; the catalog has yet to learn of it."));
        return new ImportOutcome(
                luggage.to().job(),
                luggage.to().created(),
                with.movedHead,
                version,
                luggage.arrival().contents().manifest(),
                manifest.content().blobs().size());
    }

    private Manifest manifest(Luggage luggage) {
        Job job = luggage.to().job();
        ArchiveContents contents = luggage.arrival().contents();
        long number = ledger.reserveNumber(job.id());
        Instant now = clock.instant();
        String branch = luggage.request().branch();
        return new Manifest(
                ids.nextSnapshotId(),
                job.id(),
                job.name(),
                branch,
                SnapshotKind.IMPORTED,
                null,
                null,
                null,
                0,
                luggage.to().pipelineVersion(),
                now,
                now,
                List.of(new LineSegment(branch, number, number)),
                content(contents.manifest().content(), number, luggage.arrival().newBytes()),
                luggage.document().toJson(),
                contents.digest().toString());
    }

    /** Where they come from, runs have numbers of another job: here they have this version's, in the same order. */
    private static SnapshotContent content(SnapshotContent original, long number, long newBytes) {
        List<OperatorContent> operators = new ArrayList<>();
        for (OperatorContent operator : original.operators()) {
            List<StateContent> states = new ArrayList<>();
            for (StateContent state : operator.states()) {
                List<Run> runs = new ArrayList<>();
                state.runs().forEach(run -> runs.add(run.numbered(number, runs.size())));
                states.add(new StateContent(state.schema(), runs));
            }
            operators.add(new OperatorContent(operator.name(), operator.watermark(), states));
        }
        return new SnapshotContent(
                number,
                original.mode(),
                original.backend(),
                original.parallelism(),
                original.maxParallelism(),
                original.sources(),
                operators,
                newBytes);
    }

    private SnapshotCompleted completed(Luggage luggage, Manifest manifest) {
        SnapshotContent content = manifest.content();
        Manifest original = luggage.arrival().contents().manifest();
        String description = luggage.request().description();
        return new SnapshotCompleted(
                manifest.id(),
                manifest.jobId(),
                manifest.branch(),
                manifest.number(),
                manifest.kind(),
                content.mode(),
                null,
                null,
                null,
                0,
                manifest.pipelineVersion(),
                content.backend(),
                content.parallelism(),
                manifest.startedAt(),
                manifest.completedAt(),
                content.totalBytes(),
                content.newBytes(),
                stored.digest(manifest),
                true,
                Map.of(),
                description == null
                        ? "imported from %s#%d of %s"
                                .formatted(original.job(), original.number(), original.completedAt())
                        : description,
                manifest.line(),
                manifest.importedFrom(),
                stored.sign(manifest));
    }

    private static StrandlineException notCommitted(CommitResult result) {
        if (result instanceof CommitResult.Failed failed) {
            ErrorCode code = ErrorCode.ofWireName(failed.code()).orElse(ErrorCode.STORAGE_UNAVAILABLE);
            return new StrandlineException(code, "The imported version could not be written: " + failed.detail());
        }
        if (result instanceof CommitResult.Stale stale) {
            return new StrandlineException(
                    ErrorCode.CONFLICT, "The branch has gone while the archive arrived: " + stale.detail());
        }
        return new StrandlineException(
                ErrorCode.COMMIT_UNKNOWN, "Nobody can tell whether the imported version was written: " + result);
    }

    /** What becomes true with the version: it has been read to the last entry, and heads a branch that had none. */
    private final class With implements Companions {

        private final Luggage luggage;
        private final Manifest manifest;
        private final boolean wantsHead;
        private boolean movedHead;

        With(Luggage luggage, Manifest manifest, boolean wantsHead) {
            this.luggage = luggage;
            this.manifest = manifest;
            this.wantsHead = wantsHead;
        }

        @Override
        public List<Change> decide() {
            List<Change> changes = new ArrayList<>();
            Verification proven =
                    new Verification(Verification.Level.CONTENT, clock.instant(), Verification.Outcome.INTACT);
            changes.add(new SnapshotVerified(manifest.id(), proven, Snapshot.Condition.OK, luggage.stateDigest()));
            Optional<Branch> headless = catalog.branch(manifest.jobId(), manifest.branch())
                    .filter(branch -> wantsHead && branch.head() == null);
            headless.ifPresent(branch -> changes.add(move(branch)));
            movedHead = headless.isPresent();
            return changes;
        }

        @Override
        public void refused(StrandlineException why) {
            movedHead = false;
            log.warn("version {} was imported and heads no branch: {}", manifest.id(), why.getMessage());
        }

        private HeadMoved move(Branch branch) {
            @Nullable
            Integer pipeline =
                    branch.pipelineVersion() == manifest.pipelineVersion() ? null : manifest.pipelineVersion();
            return new HeadMoved(
                    branch.jobId(),
                    branch.name(),
                    null,
                    manifest.id(),
                    manifest.number(),
                    manifest.line(),
                    VERB,
                    pipeline);
        }
    }
}
