package io.strandline.catalog.ledger;

import io.strandline.catalog.Ledger.Scope;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.ledger.Backlog.Owed;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the catalog behind the journal: takes each entry into it, keeps those it could not take in a {@link Backlog}, and
 * brings it up to date once it answers again.
 */
final class CatalogFollower {

    private static final Logger log = LoggerFactory.getLogger(CatalogFollower.class);

    private final Journal journal;
    private final CatalogIndex index;
    private final Backlog backlog = new Backlog();
    private final AppliedMarks marks = new AppliedMarks();
    private final AppliedFeed feed = new AppliedFeed(marks);
    private final AtomicLong newestApplied = new AtomicLong();

    /** Set when no transaction could be begun, until one can: nobody waits for a catalog that is known to be down. */
    private volatile boolean down;

    CatalogFollower(Journal journal, CatalogIndex index, CatalogIndex.Progress progress) {
        this.journal = journal;
        this.index = index;
        marks.load(progress.sequence(), progress.hash());
    }

    /** What the catalog has yet to learn. */
    Backlog backlog() {
        return backlog;
    }

    /** Why the catalog cannot be asked, empty while it answers and is not behind. */
    Optional<String> unavailable() {
        if (!down) {
            return Optional.empty();
        }
        return Optional.of("the catalog's database does not answer; " + backlog.size()
                + " journal entries wait to be applied to it");
    }

    /** What can be read of the audit without gaps. */
    AppliedFeed feed() {
        return feed;
    }

    /** Begins a transaction on this thread. */
    CatalogIndex.Work begin() {
        try {
            CatalogIndex.Work work = index.begin();
            down = false;
            return work;
        } catch (StrandlineException e) {
            down = true;
            throw e;
        }
    }

    /**
     * Applies what a scope waits for, so that a decision sees it.
     *
     * @throws StrandlineException {@code catalog-unavailable} when that cannot be done now
     */
    void settleDebts(Scope scope) {
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

    /** Commits the transaction that holds an entry's changes; the entry waits when that fails. */
    void finish(CatalogIndex.Work work, JournalEntry entry, @Nullable Manifest manifest) {
        try {
            work.seal(entry);
            work.commit();
            applied(entry);
        } catch (RuntimeException e) {
            notTaken(new Owed(entry, manifest), e);
        }
    }

    /** Applies an entry; it waits when that fails, or when others of its scope do. */
    void apply(JournalEntry entry, @Nullable Manifest manifest) {
        Owed owed = new Owed(entry, manifest);
        if (backlog.owes(entry.scope())) {
            backlog.add(owed);
            catchUp();
            return;
        }
        try {
            take(owed);
        } catch (RuntimeException e) {
            notTaken(owed, e);
        }
    }

    /** Keeps an entry for later. */
    void owe(JournalEntry entry) {
        backlog.add(new Owed(entry, null));
    }

    /** Applies what the catalog has yet to learn of, as far as it can be reached. */
    void catchUp() {
        if (down) {
            probe();
        }
        if (!down) {
            oweWhatWasLost();
        }
        if (!down && !backlog.isEmpty()) {
            backlog.drain(this::take);
        }
    }

    /** Catches up and notes how far the catalog is, so that the next start reads less. */
    void close() {
        catchUp();
        marks.latest().ifPresent(this::settle);
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
            long newest =
                    newestApplied
                            .get(); // asked for even where nothing was applied: thus the catalog is known to be down
            if (index.applied(newest) || newest == 0) {
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
                    owe(entry);
                }
            });
        } catch (StrandlineException e) {
            down = true;
            log.debug("the catalog is down", e);
        } catch (IOException e) {
            log.warn("the journal cannot be read back to bring the catalog up to date", e);
        }
    }

    private void notTaken(Owed owed, RuntimeException cause) {
        log.warn(
                "entry {} is in the journal and the catalog has yet to take it: {}",
                owed.entry().sequence(),
                cause.getMessage());
        backlog.add(owed);
    }

    private void take(Owed owed) {
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
        feed.applied();
    }

    private void settle(AppliedMarks.Mark mark) {
        try {
            index.settle(mark.sequence(), mark.hash());
            marks.settled(mark);
        } catch (StrandlineException e) {
            log.warn("how far the catalog is could not be noted: {}", e.getMessage());
        }
    }
}
