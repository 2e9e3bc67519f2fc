package io.strandline.inspect.diff;

import io.strandline.catalog.Snapshot;
import io.strandline.inspect.diff.VersionPair.StatePair;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.state.diff.Alignment;
import io.strandline.state.diff.ReadMeter;
import io.strandline.state.diff.StateComparison;
import io.strandline.state.run.RunFiles;
import io.strandline.state.stored.SnapshotReaders;
import io.strandline.storage.Blob;
import io.strandline.storage.Digest;
import io.strandline.storage.Pin;
import io.strandline.storage.SnapshotStore;
import io.strandline.storage.SnapshotStores;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Two versions opened for reading: their files stay where they are until this is closed. */
final class PairReading implements Closeable {

    private final VersionPair pair;
    private final ReadMeter meter = new ReadMeter();
    private final RunFiles fromFiles;
    private final RunFiles toFiles;
    private final Pin fromPin;
    private final Pin toPin;

    /** Pins the files of the given states. */
    PairReading(VersionPair pair, List<StatePair> states, SnapshotStores stores, SnapshotReaders readers)
            throws IOException {
        this.pair = pair;
        SnapshotStore fromStore = stores.of(pair.from().durable());
        SnapshotStore toStore = stores.of(pair.to().durable());
        this.fromFiles = readers.files(meter.counting(fromStore::open));
        this.toFiles = fromStore == toStore ? fromFiles : readers.files(meter.counting(toStore::open));
        this.fromPin =
                fromStore.pin(digests(states.stream().map(StatePair::fromBlobs).toList()));
        boolean complete = false;
        try {
            this.toPin =
                    toStore.pin(digests(states.stream().map(StatePair::toBlobs).toList()));
            complete = true;
        } finally {
            if (!complete) {
                fromPin.close();
            }
        }
    }

    /** Compares a state whose alignment says that it can be. */
    StateComparison comparison(Alignment alignment, Runnable heartbeat) {
        return new StateComparison(alignment, pair.toContent().maxParallelism(), fromFiles, toFiles, heartbeat);
    }

    /** How a state of both is read; of versions that are known to hold the same, one is enough. */
    Alignment alignment(StatePair state) {
        return pair.equalByDigest()
                ? Alignment.of(state.toOrEmpty(), state.toOrEmpty())
                : Alignment.of(state.fromOrEmpty(), state.toOrEmpty());
    }

    long readBytes() {
        return meter.bytes();
    }

    /** Says that a file of either version could not be read as what it is. */
    static StrandlineException unreadable(VersionPair pair, IOException e) {
        Snapshot from = pair.from();
        Snapshot to = pair.to();
        String detail = "Version %d or version %d is damaged: %s. Verify them to see which, and what else is affected."
                .formatted(from.number(), to.number(), e.getMessage());
        return new StrandlineException(ErrorCode.DAMAGED, detail, e);
    }

    @Override
    public void close() {
        fromPin.close();
        toPin.close();
    }

    private static Set<Digest> digests(List<Set<Blob>> blobs) {
        return blobs.stream().flatMap(Set::stream).map(Blob::digest).collect(Collectors.toSet());
    }
}
