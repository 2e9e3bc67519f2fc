package io.strandline.catalog.ledger;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Change;
import io.strandline.catalog.Snapshot.Condition;
import io.strandline.catalog.Snapshot.State;
import io.strandline.catalog.journal.JournalEntry;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The catalog as the ledger sees it: an index of the journal that can be rebuilt from it at any time. What fails because
 * the catalog cannot be reached is a {@link io.strandline.problem.StrandlineException} with {@code catalog-unavailable}.
 */
public interface CatalogIndex {

    /** Whose index it is and how far, empty when it is new. */
    Optional<Progress> progress();

    /** Makes a new index that of a data directory. */
    void adopt(String directoryId);

    /** Whether an entry has been applied. */
    boolean applied(long sequence);

    /** Notes that all entries up to this one have been applied; a mark behind the one noted changes nothing. */
    void settle(long sequence, String hash);

    /** Begins a transaction on this thread. */
    Work begin();

    /**
     * The same for many entries that nobody has to decide any more: constraints are asked at the commit at the latest. Only while
     * nobody else changes anything.
     */
    Work beginMany();

    /** Every branch of every job that is not purged. */
    List<Branch> branches();

    /** Up to where each job's attempt numbers have been reserved. */
    Map<String, Long> reservedNumbers();

    /** Visits every version in any state, with no more of it than a start has to know. */
    void versions(Consumer<Listed> visit);

    /** A version as a start sees it. */
    record Listed(SnapshotId id, String jobId, long number, boolean durable, State state, Condition condition) {}

    /** A transaction; closing it without a commit rolls it back. */
    interface Work extends AutoCloseable {

        /**
         * Applies a change and flushes it, so that constraints decide. Which files a version names is written with the commit.
         *
         * @param manifest a completed version's content when it is at hand; it is read from the store when it is not
         */
        void project(Change change, @Nullable Manifest manifest);

        /** Writes what depends on the entry itself, such as its audit, for the changes projected so far. */
        void seal(JournalEntry entry);

        void commit();

        @Override
        void close();
    }

    /**
     * How far an index is.
     *
     * @param directoryId the data directory it belongs to
     * @param sequence all entries up to this one are applied
     * @param hash that entry's hash, empty when {@code sequence} is 0
     * @param above entries above {@code sequence} that are applied, too
     */
    record Progress(String directoryId, long sequence, String hash, Set<Long> above) {

        public Progress {
            above = Set.copyOf(above);
        }

        /** The newest entry applied. */
        public long newest() {
            return above.stream().mapToLong(Long::longValue).max().orElse(sequence);
        }

        /** Whether an entry has been applied. */
        public boolean applied(long entry) {
            return entry <= sequence || above.contains(entry);
        }
    }
}
