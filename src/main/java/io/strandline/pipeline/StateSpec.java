package io.strandline.pipeline;

import java.util.Locale;

/**
 * Where keyed state lives and how snapshots of it are written.
 *
 * @param memoryBudgetBytes of heap for the hot part of the state of one instance
 */
public record StateSpec(Backend backend, Snapshots snapshots, long memoryBudgetBytes) {

    /** Where keyed state lives. */
    public enum Backend {
        /** In memory only: snapshots go with the process. */
        MEMORY,
        /** On the heap, snapshots as flat runs. */
        FILESYSTEM,
        /** In RocksDB behind a bounded table. */
        ROCKSDB;

        /** The name in documents. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether a snapshot refers to files of earlier ones. */
    public enum Snapshots {
        FULL,
        INCREMENTAL
    }
}
