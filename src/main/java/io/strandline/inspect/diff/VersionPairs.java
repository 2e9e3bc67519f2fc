package io.strandline.inspect.diff;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.lookup.DamageFlags;
import io.strandline.catalog.lookup.Revision;
import io.strandline.catalog.lookup.Revisions;
import io.strandline.catalog.lookup.StoredVersions;
import io.strandline.inspect.VersionRef;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SnapshotId;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.SnapshotStores;
import java.io.IOException;
import org.springframework.stereotype.Component;

/** Finds pairs of versions and opens them for reading. */
@Component
final class VersionPairs {

    private final Catalog catalog;
    private final Revisions revisions;
    private final StoredVersions stored;
    private final DamageFlags flags;
    private final SnapshotStores stores;
    private final SnapshotReaders readers;

    VersionPairs(
            Catalog catalog,
            Revisions revisions,
            StoredVersions stored,
            DamageFlags flags,
            SnapshotStores stores,
            SnapshotReaders readers) {
        this.catalog = catalog;
        this.revisions = revisions;
        this.stored = stored;
        this.flags = flags;
        this.stores = stores;
        this.readers = readers;
    }

    /**
     * The versions a request means.
     *
     * @throws StrandlineException what finding and reading them throws; {@code operator-not-found}, {@code state-not-found}
     */
    VersionPair find(Job job, DiffRequest request) {
        VersionPair pair = pair(usable(job, request.from(), request), usable(job, request.to(), request));
        requireKnown(pair, request.filter());
        return pair;
    }

    /** The versions that a diff was made of, if they are still there. */
    VersionPair of(Job job, Diff diff) {
        return pair(still(job, diff.from()), still(job, diff.to()));
    }

    /** Opens the states that a filter takes, does something with them, and closes them. */
    <T> T read(VersionPair pair, DiffFilter filter, Reading<T> what) {
        try (PairReading reading = new PairReading(pair, pair.states(filter), stores, readers)) {
            return what.read(reading);
        } catch (IOException e) {
            throw PairReading.unreadable(pair, e);
        }
    }

    private Snapshot usable(Job job, Revision revision, DiffRequest request) {
        return revisions.usable(job, revision, request.branch());
    }

    private Snapshot still(Job job, VersionRef version) {
        return Revisions.requireUsable(
                job,
                catalog.snapshot(SnapshotId.parse(version.id()))
                        .orElseThrow(() -> new StrandlineException(
                                ErrorCode.SNAPSHOT_NOT_FOUND, "Version " + version.number() + " is gone.")));
    }

    private VersionPair pair(Snapshot from, Snapshot to) {
        return new VersionPair(from, content(from), to, content(to));
    }

    private SnapshotContent content(Snapshot version) {
        return flags.watching(version, () -> stored.manifest(version)).content();
    }

    private static void requireKnown(VersionPair pair, DiffFilter filter) {
        for (String operator : filter.operators()) {
            if (pair.operators(DiffFilter.ALL).stream()
                    .noneMatch(known -> known.name().equals(operator))) {
                throw unknown(ErrorCode.OPERATOR_NOT_FOUND, "operators", "Neither version has an operator " + operator);
            }
        }
        for (String state : filter.states()) {
            if (pair.states(DiffFilter.ALL).stream()
                    .noneMatch(known -> known.name().equals(state))) {
                throw unknown(ErrorCode.STATE_NOT_FOUND, "states", "Neither version has a state " + state);
            }
        }
    }

    private static StrandlineException unknown(ErrorCode code, String field, String detail) {
        return Problem.of(code, detail + ".").withError(field, detail + ".").asException();
    }

    /** Something that is done with an open pair. */
    @FunctionalInterface
    interface Reading<T> {

        T read(PairReading reading) throws IOException;
    }
}
