package io.strandline.api.operator;

import io.strandline.api.state.AggregateFunction;
import io.strandline.api.state.AggregatingState;
import io.strandline.api.state.ListState;
import io.strandline.api.state.MapState;
import io.strandline.api.state.ReducingState;
import io.strandline.api.state.ValueState;
import io.strandline.api.type.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** The handles of keyed state: each reads and writes one slot of the key at hand. What does not fit is refused when it is given. */
sealed interface Handles {

    /** A value. */
    record OfValue<T>(KeyedStates<?> states, ValueSlot<T> slot) implements Handles, ValueState<T> {

        @Override
        public @Nullable T value() {
            return states.get(slot);
        }

        @Override
        public void update(T value) {
            states.set(slot, slot.type().check(value));
        }

        @Override
        public void clear() {
            states.set(slot, null);
        }
    }

    /** A list. */
    record OfList<E>(KeyedStates<?> states, ListSlot<E> slot) implements Handles, ListState<E> {

        @Override
        public List<E> get() {
            ListSlot.Kept<E> kept = states.get(slot);
            return kept == null ? List.of() : Collections.unmodifiableList(kept.elements);
        }

        @Override
        public void add(E element) {
            E checked = slot.element().check(element);
            ListSlot.Kept<E> kept = states.get(slot);
            ListSlot.Kept<E> list = kept == null ? new ListSlot.Kept<>(List.of()) : kept;
            list.elements.add(checked);
            states.set(slot, list);
        }

        @Override
        public void update(List<E> elements) {
            List<E> checked = elements.stream().map(slot.element()::check).toList();
            states.set(slot, checked.isEmpty() ? null : new ListSlot.Kept<>(checked));
        }

        @Override
        public void clear() {
            states.set(slot, null);
        }
    }

    /** A map. */
    record OfMap<K, V>(KeyedStates<?> states, ValueSlot<Map<K, V>> slot, Type<K> keys, Type<V> values)
            implements Handles, MapState<K, V> {

        @Override
        public @Nullable V get(K key) {
            return map().get(keys.check(key));
        }

        @Override
        public boolean contains(K key) {
            return map().containsKey(keys.check(key));
        }

        @Override
        public void put(K key, V value) {
            Map<K, V> kept = states.get(slot);
            Map<K, V> map = kept == null ? new LinkedHashMap<>() : kept;
            map.put(keys.check(key), values.check(value));
            states.set(slot, map);
        }

        @Override
        public void remove(K key) {
            Map<K, V> map = states.get(slot);
            if (map != null && map.remove(keys.check(key)) != null) {
                states.set(slot, map.isEmpty() ? null : map);
            }
        }

        @Override
        public Map<K, V> entries() {
            return Collections.unmodifiableMap(map());
        }

        @Override
        public void clear() {
            states.set(slot, null);
        }

        private Map<K, V> map() {
            Map<K, V> kept = states.get(slot);
            return kept == null ? Map.of() : kept;
        }
    }

    /** What values come to by a function of two. */
    record Reduced<T>(KeyedStates<?> states, ValueSlot<T> slot, BinaryOperator<T> function)
            implements Handles, ReducingState<T> {

        @Override
        public @Nullable T get() {
            return states.get(slot);
        }

        @Override
        public void add(T value) {
            T checked = slot.type().check(value);
            T kept = states.get(slot);
            states.set(slot, kept == null ? checked : slot.type().check(function.apply(kept, checked)));
        }

        @Override
        public void clear() {
            states.set(slot, null);
        }
    }

    /** What values come to by an aggregate function. */
    record Aggregated<I, A, R>(KeyedStates<?> states, ValueSlot<A> slot, AggregateFunction<I, A, R> function)
            implements Handles, AggregatingState<I, R> {

        @Override
        public @Nullable R get() {
            A kept = states.get(slot);
            return kept == null ? null : function.result(kept);
        }

        @Override
        public void add(I value) {
            A kept = states.get(slot);
            states.set(slot, slot.type().check(function.add(value, kept == null ? function.start() : kept)));
        }

        @Override
        public void clear() {
            states.set(slot, null);
        }
    }
}
