package io.strandline.catalog.ledger;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.OperationChange.RequestAnswered;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.history.ChangeFeed;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.journal.JournalException;
import io.strandline.catalog.journal.JournalException.Outcome;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.storage.Digest;
import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The ledger over a journal and an index of it. A change is projected into a transaction (constraints decide), appended to
 * the journal (now it is true), then committed; if that fails the entry waits in the backlog, and so do changes of its
 * scope until it has been applied.
 */
public final class JournaledLedger implements Ledger, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(JournaledLedger.class);

    /** Changes an entry may have: the place of each must fit the index, and a transaction the memory. */
    private static final int MOST_CHANGES = 10_000;

    private final Journal journal;
    private final CatalogFollower catalog;
    private final ScopeLocks locks = new ScopeLocks();
    private final BranchHeads heads = new BranchHeads();
    private final NumberBlocks numbers = new NumberBlocks();

    /** Over a journal and an index that {@link Recovery} has brought to agree. */
    JournaledLedger(Journal journal, CatalogIndex index, CatalogIndex.Progress progress) {
        this.journal = journal;
        this.catalog = new CatalogFollower(journal, index, progress);
        index.branches().forEach(heads::load);
        index.reservedNumbers().forEach(numbers::load);
    }

    @Override
    public <T> T change(Scope scope, Cause cause, Decision<T> decision) {
        return locks.holding(scope, () -> {
            refuseWhenReadOnly();
            catalog.settleDebts(scope);
            try (CatalogIndex.Work work = catalog.begin()) {
                List<Change> recorded = new ArrayList<>();
                T result = decision.decide(change -> {
                    recorded.add(change);
                    checkScope(scope, recorded);
                    work.project(change, null);
                });
                if (recorded.isEmpty()) {
                    work.commit();
                } else {
                    catalog.finish(work, append(scope, cause, recorded), null);
                }
                return result;
            }
        });
    }

    @Override
    public void record(Scope scope, Cause cause, List<Change> changes) {
        checkScope(scope, changes);
        locks.holding(scope, () -> {
            refuseWhenReadOnly();
            Optional<CatalogIndex.Work> tried = projected(scope, changes);
            if (tried.isEmpty()) {
                catalog.owe(append(scope, cause, changes));
                return scope;
            }
            try (CatalogIndex.Work work = tried.get()) {
                catalog.finish(work, append(scope, cause, changes), null);
                return scope;
            }
        });
    }

    /** A transaction with the changes in it, so that none gets into the journal that cannot be applied; empty while the catalog is down. */
    private Optional<CatalogIndex.Work> projected(Scope scope, List<Change> changes) {
        CatalogIndex.@Nullable Work work = null;
        boolean projected = false;
        try {
            catalog.settleDebts(scope);
            work = catalog.begin();
            CatalogIndex.Work begun = work;
            changes.forEach(change -> begun.project(change, null));
            projected = true;
            return Optional.of(begun);
        } catch (StrandlineException e) {
            if (e.code() != ErrorCode.CATALOG_UNAVAILABLE) {
                throw e;
            }
            log.warn("the catalog is down; what happened goes to the journal first: {}", e.getMessage());
            return Optional.empty();
        } finally {
            if (work != null && !projected) {
                work.close();
            }
        }
    }

    @Override
    public long reserveNumber(String jobId) {
        return numbers.next(jobId, upTo -> {
            refuseWhenReadOnly();
            List<Change> reserved = List.of(new NumbersReserved(jobId, upTo));
            Cause cause = Cause.system("numbers for the next attempts");
            catalog.apply(append(new Scope.OfJob(jobId), cause, reserved), null);
        });
    }

    @Override
    public CommitResult commit(Commit commit, Cause cause) {
        SnapshotCompleted completed = commit.completed();
        Scope scope = new Scope.OfJob(completed.jobId());
        return locks.holding(scope, () -> {
            Optional<String> readOnly = journal.readOnly();
            if (readOnly.isPresent()) {
                return new CommitResult.Failed(ErrorCode.READ_ONLY.wireName(), readOnly.get());
            }
            Optional<String> objection = heads.objection(completed);
            if (objection.isPresent()) {
                return new CommitResult.Stale(objection.get());
            }
            try {
                commit.write().write();
            } catch (StorageFullException e) {
                return new CommitResult.Failed(ErrorCode.STORAGE_FULL.wireName(), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                String detail = "the manifest cannot be written: " + e.getMessage();
                return new CommitResult.Failed(ErrorCode.STORAGE_UNAVAILABLE.wireName(), detail);
            }
            CommitResult result = enter(scope, commit, cause);
            if (result instanceof CommitResult.Failed) {
                takeBack(commit);
            }
            return result;
        });
    }

    /** A manifest of no version would stop the collector, which takes its files for named. */
    private static void takeBack(Commit commit) {
        try {
            commit.write().undo();
        } catch (IOException e) {
            log.warn(
                    "the manifest of {}, which was not committed, stays until the next start",
                    commit.completed().id(),
                    e);
        }
    }

    private CommitResult enter(Scope scope, Commit commit, Cause cause) {
        List<Change> changes = new ArrayList<>(List.of(commit.completed()));
        try (Accompanied accompanied = accompanied(scope, commit)) {
            changes.addAll(accompanied.changes());
            JournalEntry entry = journal.append(scope, cause, changes);
            changes.forEach(heads::learn);
            if (accompanied.work() == null) {
                catalog.apply(entry, commit.manifest());
            } else {
                catalog.finish(accompanied.work(), entry, commit.manifest());
            }
            return new CommitResult.Committed(commit.completed().id());
        } catch (JournalException e) {
            String detail = String.valueOf(e.getMessage());
            return e.outcome() == Outcome.UNKNOWN
                    ? new CommitResult.Unknown(detail)
                    : new CommitResult.Failed(e.code().wireName(), detail);
        }
    }

    /** What is to become true with a version, projected behind it; the version goes alone when that is refused. */
    private Accompanied accompanied(Scope scope, Commit commit) {
        Companions companions = commit.companions();
        if (companions == null) {
            return Accompanied.NOTHING;
        }
        CatalogIndex.@Nullable Work work = null;
        boolean projected = false;
        try {
            catalog.settleDebts(scope);
            work = catalog.begin();
            CatalogIndex.Work begun = work;
            begun.project(commit.completed(), commit.manifest());
            List<Change> decided = companions.decide();
            checkScope(scope, decided);
            decided.forEach(change -> begun.project(change, null));
            projected = true;
            return new Accompanied(decided, begun);
        } catch (StrandlineException e) {
            companions.refused(e);
            return Accompanied.NOTHING;
        } catch (RuntimeException e) {
            companions.refused(new StrandlineException(
                    ErrorCode.CATALOG_UNAVAILABLE, "The catalog did not take them: " + e.getMessage(), e));
            return Accompanied.NOTHING;
        } finally {
            if (work != null && !projected) {
                work.close();
            }
        }
    }

    /**
     * Changes that go into the entry of a version.
     *
     * @param work the transaction that has the version and them, null when there are none
     */
    private record Accompanied(List<Change> changes, CatalogIndex.@Nullable Work work) implements AutoCloseable {

        static final Accompanied NOTHING = new Accompanied(List.of(), null);

        @Override
        public void close() {
            if (work != null) {
                work.close();
            }
        }
    }

    /** Why changes are refused, empty while they are not. */
    public Optional<String> readOnly() {
        return journal.readOnly();
    }

    /** Why reads are refused and changes of the catalog wait, empty while it answers. */
    public Optional<String> catalogUnavailable() {
        return catalog.unavailable();
    }

    /** How far the audit can be read without gaps. */
    public ChangeFeed feed() {
        return catalog.feed();
    }

    /** How many entries the catalog has yet to learn of. */
    public int backlogSize() {
        return catalog.backlog().size();
    }

    /** Whether a version that the catalog has yet to learn of names a file. */
    public boolean backlogNames(Digest digest) {
        return catalog.backlog().names(digest);
    }

    /** The answer kept for an idempotency key that the catalog has yet to learn of. */
    public Optional<RequestAnswered> backlogAnswer(String key) {
        return catalog.backlog().answer(key);
    }

    /** Whether the catalog has yet to learn of something that a request with this idempotency key changed. */
    public boolean backlogHasEffect(String key) {
        return catalog.backlog().hasEffect(key);
    }

    /** Applies what the catalog has yet to learn of, as far as it can be reached. */
    public void catchUp() {
        catalog.catchUp();
    }

    /** Notes how far the catalog is, so that the next start reads less. */
    @Override
    public void close() {
        catalog.close();
    }

    private JournalEntry append(Scope scope, Cause cause, List<Change> changes) {
        if (changes.size() > MOST_CHANGES) {
            throw new IllegalStateException(
                    "an entry of " + changes.size() + " changes; at most " + MOST_CHANGES + " are allowed");
        }
        try {
            JournalEntry entry = journal.append(scope, cause, changes);
            changes.forEach(heads::learn);
            return entry;
        } catch (JournalException e) {
            throw new StrandlineException(e.code(), e.getMessage() + ".", e);
        }
    }

    private void refuseWhenReadOnly() {
        @Nullable String why = journal.readOnly().orElse(null);
        if (why != null) {
            throw new StrandlineException(ErrorCode.READ_ONLY, why);
        }
    }

    /** A job's changes belong to its scope, unless the same entry makes the job: nobody else can know of it. */
    private static void checkScope(Scope scope, List<Change> changes) {
        Set<String> made = new HashSet<>();
        for (Change change : changes) {
            if (change instanceof JobChange.JobCreated created) {
                made.add(created.jobId());
            } else if (change instanceof JobChange ofJob
                    && !scope.equals(new Scope.OfJob(ofJob.jobId()))
                    && !made.contains(ofJob.jobId())) {
                throw new IllegalArgumentException(change + " does not belong to " + scope);
            }
        }
    }
}
