package io.strandline.runner;

/** Opens the ledger of an instance that is about to start. */
public interface SnapshotLedgers {

    /** The ledger for the instance of {@code spec}; commits are refused once a later epoch was granted on its branch. */
    SnapshotLedger open(InstanceSpec spec);
}
