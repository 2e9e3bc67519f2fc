package io.strandline.catalog.ledger;

import io.strandline.catalog.journal.DataDirectoryException;
import io.strandline.catalog.journal.Journal;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.catalog.ledger.CatalogIndex.Progress;
import java.io.IOException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the catalog to agree with the journal at start-up: checks that the two belong together, then applies what the
 * catalog has not got. A deleted or old catalog is nothing but one that is far behind.
 */
public final class Recovery {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);
    private static final int IN_ONE_TRANSACTION = 1_000;
    private static final int TOLD_EVERY = 50_000;

    private final String directoryId;
    private final Journal journal;
    private final CatalogIndex index;

    /** For the data directory {@code directoryId} and its journal. */
    public Recovery(String directoryId, Journal journal, CatalogIndex index) {
        this.directoryId = directoryId;
        this.journal = journal;
        this.index = index;
    }

    /**
     * Does it and opens the ledger.
     *
     * @throws DataDirectoryException when journal and catalog do not belong together
     */
    public JournaledLedger open() throws IOException {
        Progress progress = index.progress().orElseGet(() -> {
            index.adopt(directoryId);
            return new Progress(directoryId, 0, "", Set.of());
        });
        check(progress);
        Progress now = replay(progress);
        return new JournaledLedger(journal, index, now);
    }

    private void check(Progress progress) {
        if (!progress.directoryId().equals(directoryId)) {
            throw DataDirectoryException.mismatch("The catalog belongs to the data directory with id "
                    + progress.directoryId() + ", not to this one with id " + directoryId
                    + ". Point spring.datasource.url at this directory's own catalog, or at an empty database.");
        }
        if (progress.newest() > journal.lastSequence()) {
            throw DataDirectoryException.mismatch("The journal is truncated: it ends with entry "
                    + journal.lastSequence() + " but the catalog has seen entry " + progress.newest()
                    + ". Bring the missing journal segments back from a backup.");
        }
    }

    private Progress replay(Progress progress) throws IOException {
        Replay replay = new Replay(progress);
        try {
            journal.read(Math.max(1, progress.sequence()), replay::take);
            replay.commit();
        } finally {
            replay.work.close();
        }
        if (replay.applied > 0) {
            log.info("applied {} journal entries to the catalog, up to entry {}", replay.applied, replay.sequence);
        }
        return new Progress(directoryId, replay.sequence, replay.hash, Set.of());
    }

    /** Applies entries a thousand a transaction. */
    private final class Replay {

        private final Progress before;
        private CatalogIndex.Work work;
        private int open;
        private long applied;
        private long sequence;
        private String hash;

        Replay(Progress before) {
            this.before = before;
            this.sequence = before.sequence();
            this.hash = before.hash();
            this.work = index.beginMany();
        }

        void take(JournalEntry entry) {
            if (entry.sequence() == before.sequence() && !entry.hash().equals(before.hash())) {
                throw DataDirectoryException.mismatch(
                        "The catalog and the journal disagree about entry " + entry.sequence()
                                + ": the catalog is of another history. Delete the catalog to have it rebuilt.");
            }
            sequence = entry.sequence();
            hash = entry.hash();
            if (before.applied(entry.sequence())) {
                return;
            }
            entry.changes().forEach(change -> work.project(change, null));
            work.seal(entry);
            applied++;
            if (applied % TOLD_EVERY == 0) {
                log.info("applied {} journal entries to the catalog so far", applied);
            }
            if (++open == IN_ONE_TRANSACTION) {
                commit();
                work = index.beginMany();
            }
        }

        void commit() {
            work.commit();
            open = 0;
            if (sequence > before.sequence()) {
                index.settle(sequence, hash);
            }
        }
    }
}
