package io.strandline.storage;

/**
 * The two places versions may live: the durable store, and the process's memory for jobs that ask for it.
 *
 * @param durable on disk
 * @param memory gone with the process
 */
public record SnapshotStores(SnapshotStore durable, SnapshotStore memory) {

    /** The store of durable versions, or the other. */
    public SnapshotStore of(boolean durableOnes) {
        return durableOnes ? durable : memory;
    }
}
