package io.strandline.catalog;

import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.Manifest;
import io.strandline.snapshot.SnapshotId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one way to change anything. A change is made in a catalog transaction and flushed (constraints decide), appended to
 * the journal and fsynced (now it is true), then committed; if that last commit fails the entry stands and is applied
 * before the next change.
 */
public interface Ledger {

    /**
     * Decides and records changes under the scope's lock, all or nothing, as one journal entry. The decision reads the
     * {@link Catalog} in the same transaction, sees what it has recorded so far, and refuses by throwing; a decision that
     * records nothing leaves no entry.
     *
     * @throws StrandlineException what the decision threw; {@code read-only} when the journal
     *     cannot be written
     */
    <T> T change(Scope scope, Cause cause, Decision<T> decision);

    /**
     * Records changes that need no decision, as one journal entry: something happened and nothing can refuse it, such as an
     * operation or instance that ended. Needs no catalog to be reachable: the entry is applied as soon as it is.
     *
     * @throws StrandlineException {@code read-only} when the journal cannot be written
     */
    void record(Scope scope, Cause cause, List<Change> changes);

    /** Takes the next attempt number of a job; journaled in blocks. Needs no catalog. */
    long reserveNumber(String jobId);

    /**
     * Commits a version: under its branch's lock, epoch and head must still be those the candidate began with, then the
     * manifest is written by {@code write}, then the entry. Needs no catalog to be reachable: the entry is applied as soon
     * as it is.
     *
     * @param commit the version; its {@code parent} and {@code epoch} are what is compared (epoch 0 is the server's own,
     *     for versions that no instance wrote: only {@code parent} is compared)
     */
    CommitResult commit(Commit commit, Cause cause);

    /** What a change is about, and so which lock it takes: one job, or the server as a whole. */
    sealed interface Scope {

        /** One job. */
        record OfJob(String jobId) implements Scope {}

        /** Jobs' names, the server's policy. */
        record OfServer() implements Scope {}

        /** One operation, or one request with an idempotency key. */
        record OfOperation(String id) implements Scope {}
    }

    /** Reads, decides, records. */
    @FunctionalInterface
    interface Decision<T> {

        /** Records its changes through {@code changes} and returns what the caller wants to know. */
        T decide(Changes changes);
    }

    /** Takes a decision's changes. */
    @FunctionalInterface
    interface Changes {

        /** Applies one to the transaction; later reads see it. */
        void record(Change change);
    }

    /**
     * A version that is to be committed.
     *
     * @param completed what the journal is to say of it
     * @param manifest its content
     * @param write makes the manifest durable
     * @param companions what becomes true with it, in the same entry; null for nothing
     */
    record Commit(
            SnapshotChange.SnapshotCompleted completed,
            Manifest manifest,
            ManifestWrite write,
            @Nullable Companions companions) {}

    /** Changes that stand or fall with a version, such as the tag it was asked for with. */
    interface Companions {

        /** Decides them under the lock of the job, reading the {@link Catalog} with the version in it; refuses by throwing. */
        List<Change> decide();

        /** The version is committed without them, because they were refused or the catalog cannot be asked. */
        void refused(StrandlineException why);
    }

    /** Makes a manifest durable. */
    interface ManifestWrite {

        /** Writes, fsyncs, renames, fsyncs the directory. */
        void write() throws IOException;

        /** Takes back what was written, for an entry that is known not to count. */
        void undo() throws IOException;
    }

    /** What became of a commit. */
    sealed interface CommitResult {

        /** The entry is in the journal. */
        record Committed(SnapshotId id) implements CommitResult {}

        /** Epoch or head have moved on. */
        record Stale(String detail) implements CommitResult {}

        /** The manifest or the entry could not be written and is known not to count. */
        record Failed(String code, String detail) implements CommitResult {}

        /** The journal's answer was lost. */
        record Unknown(String detail) implements CommitResult {}
    }
}
