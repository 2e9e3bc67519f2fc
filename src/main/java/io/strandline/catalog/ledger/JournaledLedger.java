package io.strandline.catalog.ledger;

import io.strandline.catalog.Cause;
import io.strandline.catalog.Change;
import io.strandline.catalog.JobChange;
import io.strandline.catalog.JobChange.NumbersReserved;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.SnapshotChange.SnapshotCompleted;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.journal.JournalException;
import io.strandline.catalog.journal.JournalException.Outcome;
import io.strandline.catalog.ledger.Backlog.Owed;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import io.strandline.storage.Digest;
import io.strandline.storage.StorageFullException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
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
    private final CatalogIndex index;
    private final ScopeLocks locks = new ScopeLocks();
    private final BranchHeads heads = new BranchHeads();
    private final NumberBlocks numbers = new NumberBlocks();
    private final Backlog backlog = new Backlog();
    private final AppliedMarks marks = new AppliedMarks();
    private final AtomicLong newestApplied = new AtomicLong();

    /** Set when no transaction could be begun, until one can: nobody waits for a catalog that is known to be down. */
    private volatile boolean down;

    /** Over a journal and an index that {@link Recovery} has brought to agree. */
    JournaledLedger(Journal journal, CatalogIndex index, CatalogIndex.Progress progress) {
        this.journal = journal;
        this.index = index;
        marks.load(progress.sequence(), progress.hash());
        index.branches().forEach(heads::load);
        index.reservedNumbers().forEach(numbers::load);
    }

    @Override
    public <T> T change(Scope scope, Cause cause, Decision<T> decision) {
        return locks.holding(scope, () -> {
            refuseWhenReadOnly();
            settleDebts(scope);
            try (CatalogIndex.Work work = begin()) {
                List<Change> recorded = new ArrayList<>();
                T result = decision.decide(change -> {
                    checkScope(scope, change);
                    work.project(change, null);
                    recorded.add(change);
                });
                if (recorded.isEmpty()) {
                    work.commit();
                } else {
                    finish(work, append(scope, cause, recorded));
                }
                return result;
            }
        });
    }

    @Override
    public void record(Scope scope, Cause cause, List<Change> changes) {
        changes.forEach(change -> checkScope(scope, change));
        locks.holding(scope, () -> {
            refuseWhenReadOnly();
            Optional<CatalogIndex.Work> tried = projected(scope, changes);
            if (tried.isEmpty()) {
                backlog.add(new Owed(append(scope, cause, changes), null));
                return scope;
            }
            try (CatalogIndex.Work work = tried.get()) {
                finish(work, append(scope, cause, changes));
                return scope;
            }
        });
    }

    /** A transaction with the changes in it, so that none gets into the journal that cannot be applied; empty while the catalog is down. */
    private Optional<CatalogIndex.Work> projected(Scope scope, List<Change> changes) {
        CatalogIndex.@Nullable Work work = null;
        boolean projected = false;
        try {
            settleDebts(scope);
            work = begin();
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
            applyOrOwe(new Owed(append(new Scope.OfJob(jobId), cause, reserved), null));
        });
    }

    @Override
    public CommitResult commit(SnapshotCompleted completed, Manifest manifest, Cause cause, ManifestWrite write) {
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
                write.write();
            } catch (StorageFullException e) {
                return new CommitResult.Failed(ErrorCode.STORAGE_FULL.wireName(), String.valueOf(e.getMessage()));
            } catch (IOException e) {
                String detail = "the manifest cannot be written: " + e.getMessage();
                return new CommitResult.Failed(ErrorCode.STORAGE_UNAVAILABLE.wireName(), detail);
            }
            CommitResult result = enter(scope, completed, manifest, cause);
            if (result instanceof CommitResult.Failed) {
                takeBack(write, completed);
            }
            return result;
        });
    }

    /** A manifest of no version would stop the collector, which takes its files for named. */
    private static void takeBack(ManifestWrite write, SnapshotCompleted completed) {
        try {
            write.undo();
        } catch (IOException e) {
            log.warn("the manifest of {}, which was not committed, stays until the next start", completed.id(), e);
        }
    }

    private CommitResult enter(Scope scope, SnapshotCompleted completed, Manifest manifest, Cause cause) {
        try {
            JournalEntry entry = journal.append(scope, cause, List.of(completed));
            heads.learn(completed);
            applyOrOwe(new Owed(entry, manifest));
            return new CommitResult.Committed(completed.id());
        } catch (JournalException e) {
            String detail = String.valueOf(e.getMessage());
            return e.outcome() == Outcome.UNKNOWN
                    ? new CommitResult.Unknown(detail)
                    : new CommitResult.Failed(e.code().wireName(), detail);
        }
    }

    /** Why changes are refused, empty while they are not. */
    public Optional<String> readOnly() {
        return journal.readOnly();
    }

    /** How many entries the catalog has yet to learn of. */
    public int backlogSize() {
        return backlog.size();
    }

    /** Whether a version that the catalog has yet to learn of names a file. */
    public boolean backlogNames(Digest digest) {
        return backlog.names(digest);
    }

    /** Applies what the catalog has yet to learn of, as far as it can be reached. */
    public void catchUp() {
        if (down) {
            probe();
        }
        if (!down) {
            oweWhatWasLost();
        }
        if (!down && !backlog.isEmpty()) {
            backlog.drain(this::apply);
        }
    }

    private void probe() {
        try (CatalogIndex.Work nothing = begin()) {
            nothing.commit();
            log.info("the catalog answers again");
        } catch (StrandlineException e) {
            log.debug("the catalog is still down", e);
        }
    }

    /** A database that closed itself, as H2 does on a full disk, comes back without its last commits; the journal has them. */
    private void oweWhatWasLost() {
        try {
            if (newestApplied.get() == 0 || index.applied(newestApplied.get())) {
                return;
            }
            Optional<CatalogIndex.Progress> progress = index.progress();
            if (progress.isEmpty()) {
                log.error("the catalog has been emptied under the server; start it again to have it rebuilt");
                return;
            }
            long whole = progress.get().sequence();
            log.warn("the catalog has lost some of what follows entry {}; it is brought up to date", whole);
            journal.read(Math.max(1, whole), entry -> {
                if (entry.sequence() <= newestApplied.get() && !index.applied(entry.sequence())) {
                    backlog.add(new Owed(entry, null));
                }
            });
        } catch (StrandlineException e) {
            log.debug("the catalog is down", e);
        } catch (IOException e) {
            log.warn("the journal cannot be read back to bring the catalog up to date", e);
        }
    }

    private CatalogIndex.Work begin() {
        try {
            CatalogIndex.Work work = index.begin();
            down = false;
            return work;
        } catch (StrandlineException e) {
            down = true;
            throw e;
        }
    }

    /** Notes how far the catalog is, so that the next start reads less. */
    @Override
    public void close() {
        catchUp();
        marks.latest().ifPresent(this::settle);
    }

    private void settleDebts(Scope scope) {
        if (down) {
            throw new StrandlineException(
                    ErrorCode.CATALOG_UNAVAILABLE,
                    "The catalog's database cannot be reached; running jobs go on. Try again shortly.");
        }
        catchUp();
        if (backlog.owes(scope)) {
            throw new StrandlineException(
                    ErrorCode.CATALOG_UNAVAILABLE,
                    "Earlier changes are in the journal but the catalog has not taken them yet; try again shortly.");
        }
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

    private void finish(CatalogIndex.Work work, JournalEntry entry) {
        try {
            work.seal(entry);
            work.commit();
            applied(entry);
        } catch (RuntimeException e) {
            notTaken(new Owed(entry, null), e);
        }
    }

    private void applyOrOwe(Owed owed) {
        if (backlog.owes(owed.entry().scope())) {
            backlog.add(owed);
            catchUp();
            return;
        }
        try {
            apply(owed);
        } catch (RuntimeException e) {
            notTaken(owed, e);
        }
    }

    private void notTaken(Owed owed, RuntimeException cause) {
        log.warn(
                "entry {} is in the journal and the catalog has yet to take it: {}",
                owed.entry().sequence(),
                cause.getMessage());
        backlog.add(owed);
    }

    private void apply(Owed owed) {
        JournalEntry entry = owed.entry();
        if (!index.applied(entry.sequence())) {
            try (CatalogIndex.Work work = begin()) {
                entry.changes().forEach(change -> work.project(change, owed.manifest()));
                work.seal(entry);
                work.commit();
            }
        }
        applied(entry);
    }

    private void applied(JournalEntry entry) {
        newestApplied.accumulateAndGet(entry.sequence(), Math::max);
        marks.add(entry);
        marks.due().ifPresent(this::settle);
    }

    private void settle(AppliedMarks.Mark mark) {
        try {
            index.settle(mark.sequence(), mark.hash());
            marks.settled(mark);
        } catch (StrandlineException e) {
            log.warn("how far the catalog is could not be noted: {}", e.getMessage());
        }
    }

    private void refuseWhenReadOnly() {
        @Nullable String why = journal.readOnly().orElse(null);
        if (why != null) {
            throw new StrandlineException(ErrorCode.READ_ONLY, why);
        }
    }

    private static void checkScope(Scope scope, Change change) {
        if (change instanceof JobChange.JobCreated) {
            return;
        }
        if (change instanceof JobChange ofJob && !scope.equals(new Scope.OfJob(ofJob.jobId()))) {
            throw new IllegalArgumentException(change + " does not belong to " + scope);
        }
    }
}
