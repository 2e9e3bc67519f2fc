package io.strandline.api.operator;

import io.strandline.api.state.BroadcastState;
import io.strandline.api.state.OperatorListState;
import io.strandline.api.type.SequenceForm;
import io.strandline.api.type.Type;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyColumns;
import io.strandline.state.KeyedTable;
import io.strandline.state.SubtaskState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A state of a subtask rather than of a key: kept decoded, lists of elements under the subtask's {@link Anchors}. */
abstract sealed class UnkeyedState<E> {

    private final String name;
    private final SequenceForm<E> form;
    private @Nullable KeyedTable table;
    private @Nullable Anchors anchors;
    private boolean loaded;
    private boolean changed;

    UnkeyedState(String name, Type<E> element) {
        this.name = name;
        this.form = new SequenceForm<>(element);
    }

    final String name() {
        return name;
    }

    final Type<E> element() {
        return form.element();
    }

    final StateSchema schema() {
        List<Column> key = Anchors.FORM.columns();
        return new StateSchema(name, StateSchema.Form.KEYED, key, false, form.columns());
    }

    final void bind(SubtaskState state, KeyGroupRange keyGroups, int maxParallelism) {
        table = state.table(schema(), new long[1]);
        anchors = new Anchors(keyGroups, maxParallelism);
        attach(state, keyGroups, maxParallelism);
    }

    /** Opens what else it needs. */
    void attach(SubtaskState state, KeyGroupRange keyGroups, int maxParallelism) {
        // most need no more than their own share
    }

    /** Encodes it if it has changed. */
    final void writeBack() {
        settle();
        if (!changed) {
            return;
        }
        KeyedTable into = table();
        List<List<E>> shares = shares(anchors().size());
        int[] entries = new int[shares.size()];
        into.update(anchors().all(), null, entries);
        for (int i = 0; i < entries.length; i++) {
            form.store(shares.get(i), false, into, entries[i]);
        }
        changed = false;
    }

    final void change() {
        ready();
        changed = true;
    }

    /** Reads it, the first time. */
    final void ready() {
        if (loaded) {
            return;
        }
        loaded = true;
        take(read(table(), anchors()));
    }

    /** What a table has under each anchor. */
    final List<List<E>> read(KeyedTable from, Anchors under) {
        KeyColumns all = under.all();
        int[] entries = new int[all.size()];
        from.find(all, null, entries);
        List<List<E>> shares = new ArrayList<>();
        for (int entry : entries) {
            shares.add(entry < 0 ? List.of() : form.load(from, entry));
        }
        return shares;
    }

    /** Deals a list out, an element each in turn. */
    private static <T> List<List<T>> deal(List<T> elements, int anchors) {
        List<List<T>> shares = new ArrayList<>();
        for (int i = 0; i < anchors; i++) {
            shares.add(new ArrayList<>());
        }
        for (int i = 0; i < elements.size(); i++) {
            shares.get(i % anchors).add(elements.get(i));
        }
        return shares;
    }

    /** Takes an element of each share in turn. */
    private static <T> List<T> gather(List<List<T>> shares) {
        List<T> elements = new ArrayList<>();
        int longest = shares.stream().mapToInt(List::size).max().orElse(0);
        for (int i = 0; i < longest; i++) {
            for (List<T> share : shares) {
                if (i < share.size()) {
                    elements.add(share.get(i));
                }
            }
        }
        return elements;
    }

    /** Reads what was restored, if it cannot be left as it is until somebody asks. */
    void settle() {
        // a share is as good under its anchors as it was
    }

    /** What to keep under each of so many anchors. */
    abstract List<List<E>> shares(int anchors);

    /** What was kept under each anchor. */
    abstract void take(List<List<E>> shares);

    private KeyedTable table() {
        if (table == null) {
            throw new IllegalStateException("state " + name + " is not open");
        }
        return table;
    }

    private Anchors anchors() {
        if (anchors == null) {
            throw new IllegalStateException("state " + name + " is not open");
        }
        return anchors;
    }

    /** A list that is dealt out to the anchors, an element each in turn. */
    static final class OfList<E> extends UnkeyedState<E> implements OperatorListState<E> {

        private final List<E> elements = new ArrayList<>();

        OfList(String name, Type<E> element) {
            super(name, element);
        }

        @Override
        List<List<E>> shares(int anchors) {
            return deal(elements, anchors);
        }

        @Override
        void take(List<List<E>> shares) {
            elements.addAll(gather(shares));
        }

        @Override
        public List<E> get() {
            ready();
            return Collections.unmodifiableList(elements);
        }

        @Override
        public void add(E added) {
            change();
            elements.add(element().check(added));
        }

        @Override
        public void update(List<E> others) {
            change();
            List<E> checked = others.stream().map(element()::check).toList();
            elements.clear();
            elements.addAll(checked);
        }
    }

    /** A list that is dealt out so, and shows what the others had in the version that was restored. */
    static final class OfUnion<E> extends UnkeyedState<E> implements OperatorListState<E> {

        private final List<E> own = new ArrayList<>();
        private final List<E> others = new ArrayList<>();
        private @Nullable KeyedTable restored;
        private List<Anchors> elsewhere = List.of();

        OfUnion(String name, Type<E> element) {
            super(name, element);
        }

        @Override
        void attach(SubtaskState state, KeyGroupRange keyGroups, int maxParallelism) {
            restored = state.restored(schema());
            elsewhere = Stream.of(
                            new int[] {0, keyGroups.first() - 1}, new int[] {keyGroups.last() + 1, maxParallelism - 1})
                    .filter(range -> range[0] <= range[1])
                    .map(range -> new Anchors(new KeyGroupRange(range[0], range[1]), maxParallelism))
                    .toList();
        }

        @Override
        List<List<E>> shares(int anchors) {
            return deal(own, anchors);
        }

        @Override
        void take(List<List<E>> shares) {
            own.addAll(gather(shares));
            KeyedTable from = restored;
            if (from != null) {
                elsewhere.forEach(anchors -> others.addAll(gather(read(from, anchors))));
                restored = null;
            }
        }

        @Override
        public List<E> get() {
            ready();
            return Stream.concat(own.stream(), others.stream()).toList();
        }

        @Override
        public void add(E added) {
            change();
            own.add(element().check(added));
        }

        @Override
        public void update(List<E> all) {
            change();
            List<E> checked = all.stream().map(element()::check).toList();
            own.clear();
            own.addAll(checked);
            others.clear();
        }
    }

    /** A map of which each anchor has a copy; the first one's is that with which rows on their way go on. */
    static final class OfMap<K, V> extends UnkeyedState<Map<K, V>> implements BroadcastState<K, V> {

        private final Type<K> keys;
        private final Type<V> values;
        private final Map<K, V> content = new LinkedHashMap<>();

        OfMap(String name, Type<Map<K, V>> type, Type<K> keys, Type<V> values) {
            super(name, type);
            this.keys = keys;
            this.values = values;
        }

        @Override
        List<List<Map<K, V>>> shares(int anchors) {
            return Collections.nCopies(anchors, List.of(content));
        }

        /** Else the other anchors would keep copies that lack what was on its way to subtasks that are no more. */
        @Override
        void settle() {
            ready();
        }

        @Override
        void take(List<List<Map<K, V>>> shares) {
            List<Map<K, V>> first = shares.get(0);
            first.forEach(content::putAll);
            if (!shares.stream().allMatch(first::equals)) {
                change();
            }
        }

        @Override
        public @Nullable V get(K key) {
            ready();
            return content.get(keys.check(key));
        }

        @Override
        public Map<K, V> entries() {
            ready();
            return Collections.unmodifiableMap(content);
        }

        @Override
        public void put(K key, V value) {
            change();
            content.put(keys.check(key), values.check(value));
        }

        @Override
        public void remove(K key) {
            change();
            content.remove(keys.check(key));
        }
    }
}
