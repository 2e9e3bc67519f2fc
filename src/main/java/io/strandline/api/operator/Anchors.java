package io.strandline.api.operator;

import io.strandline.api.type.KeyForm;
import io.strandline.api.type.Types;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyHasher;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A key for each key group of a subtask, in their order: the least whole number that falls into it. State that belongs to no key lies under them,
 * so that it is shared out anew with the key groups when the parallelism changes.
 */
final class Anchors {

    static final KeyForm<Long> FORM = KeyForm.of("anchor", Types.LONG);

    private final List<Long> keys;

    Anchors(KeyGroupRange range, int maxParallelism) {
        SortedMap<Integer, Long> found = new TreeMap<>();
        KeyHasher hasher = new KeyHasher(FORM.columns());
        long[] candidate = new long[1];
        long[] hash = new long[1];
        while (found.size() < range.size()) {
            hasher.hash(new Object[] {candidate}, 1, hash);
            int keyGroup = KeyColumns.keyGroup(hash[0], maxParallelism);
            if (range.contains(keyGroup)) {
                found.putIfAbsent(keyGroup, candidate[0]);
            }
            candidate[0]++;
        }
        this.keys = List.copyOf(found.values());
    }

    int size() {
        return keys.size();
    }

    /** All of them as key columns. */
    KeyColumns all() {
        KeyCells<Long> cells = new KeyCells<>(FORM, keys.size());
        keys.forEach(key -> cells.add(key, 0));
        return cells;
    }
}
