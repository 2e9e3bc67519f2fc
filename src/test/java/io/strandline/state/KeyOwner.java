package io.strandline.state;

import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import org.jspecify.annotations.Nullable;

/** A subtask as an exchange sees it: makes batches of those of the given keys that lie in its key groups. */
record KeyOwner(KeyGroupRange keyGroups, int maxParallelism) {

    /** Keys of {@link StateContents#COUNTS}. */
    KeyBatch batch(long[] keys) {
        StateSchema schema = StateContents.COUNTS;
        long[] hashes = new long[keys.length];
        new KeyHasher(schema.key()).hash(new Object[] {keys}, keys.length, hashes);
        long[] own = new long[keys.length];
        long[] ownHashes = new long[keys.length];
        int rows = 0;
        for (int row = 0; row < keys.length; row++) {
            if (owns(hashes[row])) {
                own[rows] = keys[row];
                ownHashes[rows++] = hashes[row];
            }
        }
        KeyBatch batch = new KeyBatch(schema.key());
        batch.bind(new Object[] {own}, ownHashes, rows);
        return batch;
    }

    /** One key: a string, and a number where the schema has one beside it. */
    KeyBatch batch(StateSchema schema, Object[] strings, double @Nullable [] doubles) {
        Object[] arrays = doubles == null ? new Object[] {strings} : new Object[] {strings, doubles};
        long[] hashes = new long[1];
        new KeyHasher(schema.key()).hash(arrays, 1, hashes);
        KeyBatch batch = new KeyBatch(schema.key());
        batch.bind(arrays, hashes, owns(hashes[0]) ? 1 : 0);
        return batch;
    }

    private boolean owns(long hash) {
        return keyGroups.contains(KeyColumns.keyGroup(hash, maxParallelism));
    }
}
