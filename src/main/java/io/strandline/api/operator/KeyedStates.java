package io.strandline.api.operator;

import io.strandline.api.type.KeyForm;
import io.strandline.state.KeyColumns;
import io.strandline.state.SubtaskState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keyed states of one subtask's function, decoded for the keys in use. What a batch's keys have is looked up together, stays
 * decoded for the batches to come, and is encoded when a snapshot is near or room is needed. Entries that expire are read when they
 * are asked for and written back after each batch, so that their time runs from then. Owned by one thread.
 */
final class KeyedStates<K> {

    private static final int MOST_KEYS = 1 << 14;

    private final KeyForm<K> form;
    private final List<Slot<?>> slots;
    private final KeyCells<K> cells;
    private final int[] entries;
    private final Map<K, Entry<K>> decoded = new HashMap<>();
    private final List<Entry<K>> changed = new ArrayList<>();
    private final List<Entry<K>> missing = new ArrayList<>();
    private final List<Entry<K>> writing = new ArrayList<>();
    private boolean expires;
    private @Nullable Entry<K> current;

    /** @param slots in the order of their index; complete by the time of {@link #bind} */
    KeyedStates(KeyForm<K> form, List<Slot<?>> slots, int batchSize) {
        this.form = form;
        this.slots = slots;
        this.cells = new KeyCells<>(form, batchSize);
        this.entries = new int[batchSize];
    }

    void bind(SubtaskState state, InstantSource wall) {
        slots.forEach(slot -> slot.bind(state, form.columns(), wall));
        expires = slots.stream().anyMatch(Slot::expires);
    }

    /** Readies the states of the keys that come; at most a batch of them. */
    void prepare(List<K> keys) {
        if (decoded.size() + keys.size() > MOST_KEYS) {
            while (!writeBack()) {
                // goes on with the next slice
            }
            decoded.clear();
        }
        missing.clear();
        for (K key : keys) {
            if (!decoded.containsKey(key)) {
                Entry<K> entry = new Entry<>(key, slots.size());
                decoded.put(key, entry);
                missing.add(entry);
            }
        }
        for (Slot<?> slot : slots) {
            if (!missing.isEmpty() && !slot.expires()) {
                load(slot, missing);
            }
        }
    }

    /** Makes a key the current one. */
    void enter(K key) {
        current = decoded.get(key);
    }

    /** No key is current from here on. */
    void leave() {
        current = null;
        if (expires) {
            while (!writeBack()) {
                // goes on with the next slice
            }
            decoded.clear();
        }
    }

    /** The key at hand. */
    K key() {
        return current().key;
    }

    @SuppressWarnings("unchecked")
    <V> @Nullable V get(Slot<V> slot) {
        Entry<K> entry = current();
        if (!entry.loaded[slot.index()]) {
            load(slot, List.of(entry));
        }
        return (V) entry.values[slot.index()];
    }

    <V> void set(Slot<V> slot, @Nullable V value) {
        Entry<K> entry = current();
        entry.values[slot.index()] = value;
        entry.loaded[slot.index()] = true;
        entry.changed[slot.index()] = true;
        if (!entry.waiting) {
            entry.waiting = true;
            changed.add(entry);
        }
    }

    /** Encodes some of the entries that changed; whether none is left. */
    boolean writeBack() {
        int from = Math.max(0, changed.size() - entries.length);
        List<Entry<K>> some = changed.subList(from, changed.size());
        for (Slot<?> slot : slots) {
            update(slot, some);
            remove(slot, some);
        }
        some.forEach(Entry::written);
        some.clear();
        return changed.isEmpty();
    }

    private Entry<K> current() {
        if (current == null) {
            throw new IllegalStateException(
                    "keyed state belongs to a key; it is used while a value or a timer is at hand");
        }
        return current;
    }

    private void load(Slot<?> slot, List<Entry<K>> wanted) {
        slot.table().find(keys(wanted), null, entries);
        for (int i = 0; i < wanted.size(); i++) {
            Entry<K> entry = wanted.get(i);
            entry.values[slot.index()] = entries[i] < 0 ? null : slot.load(entries[i]);
            entry.loaded[slot.index()] = true;
        }
    }

    private void update(Slot<?> slot, List<Entry<K>> some) {
        writing.clear();
        for (Entry<K> entry : some) {
            if (entry.changed[slot.index()] && entry.values[slot.index()] != null) {
                writing.add(entry);
            }
        }
        if (!writing.isEmpty()) {
            slot.table().update(keys(writing), null, entries);
            for (int i = 0; i < writing.size(); i++) {
                Object value = writing.get(i).values[slot.index()];
                if (value != null) {
                    slot.storeKept(value, entries[i]);
                }
            }
        }
    }

    private void remove(Slot<?> slot, List<Entry<K>> some) {
        writing.clear();
        for (Entry<K> entry : some) {
            if (entry.changed[slot.index()] && entry.values[slot.index()] == null) {
                writing.add(entry);
            }
        }
        if (!writing.isEmpty()) {
            slot.table().remove(keys(writing), null);
        }
    }

    private KeyColumns keys(List<Entry<K>> of) {
        cells.clear();
        of.forEach(entry -> cells.add(entry.key, 0));
        return cells;
    }

    /** What is decoded of one key: a value a slot, null for none. */
    private static final class Entry<K> {

        private final K key;
        private final @Nullable Object[] values;
        private final boolean[] loaded;
        private final boolean[] changed;
        private boolean waiting;

        Entry(K key, int slots) {
            this.key = key;
            this.values = new Object[slots];
            this.loaded = new boolean[slots];
            this.changed = new boolean[slots];
        }

        void written() {
            waiting = false;
            Arrays.fill(changed, false);
        }
    }
}
