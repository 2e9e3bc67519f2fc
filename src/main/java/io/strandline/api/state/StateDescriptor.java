package io.strandline.api.state;

import io.strandline.api.type.Type;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Declares a state of an operator. Its name and types are its identity: a version that has a state of that name is read with them.
 *
 * @param <S> the handle it yields
 */
public sealed interface StateDescriptor<S> {

    /** Unique in the operator. */
    String name();

    /** One value a key. */
    static <T> Value<T> value(String name, Type<T> type) {
        return new Value<>(name, type, null);
    }

    /** A list a key. */
    static <E> ListOf<E> list(String name, Type<E> element) {
        return new ListOf<>(name, element, null);
    }

    /** A map a key. */
    static <K, V> MapOf<K, V> map(String name, Type<K> key, Type<V> value) {
        return new MapOf<>(name, key, value, null);
    }

    /** What a key's values come to by a function of two. */
    static <T> Reducing<T> reducing(String name, Type<T> type, BinaryOperator<T> function) {
        return new Reducing<>(name, type, function, null);
    }

    /** What a key's values come to; {@code kept} is the type of what is kept for it. */
    static <I, A, R> Aggregating<I, A, R> aggregating(String name, Type<A> kept, AggregateFunction<I, A, R> function) {
        return new Aggregating<>(name, kept, function, null);
    }

    /** A list of the subtask. */
    static <E> OperatorList<E> operatorList(String name, Type<E> element) {
        return new OperatorList<>(name, element);
    }

    /** A list of the subtask, that begins with what all subtasks had in the version that is restored. */
    static <E> UnionList<E> unionList(String name, Type<E> element) {
        return new UnionList<>(name, element);
    }

    /** A map that every subtask has whole. */
    static <K, V> Broadcast<K, V> broadcast(String name, Type<K> key, Type<V> value) {
        return new Broadcast<>(name, key, value);
    }

    /** A state of the current key. */
    sealed interface Keyed<S> extends StateDescriptor<S> {

        /** How long an entry lives; null for ever. */
        @Nullable
        Ttl ttl();
    }

    /** See {@link ValueState}. */
    record Value<T>(String name, Type<T> type, @Nullable Ttl ttl) implements Keyed<ValueState<T>> {

        /** The same, with entries that expire. */
        public Value<T> expiring(Ttl after) {
            return new Value<>(name, type, after);
        }
    }

    /** See {@link ListState}. */
    record ListOf<E>(String name, Type<E> element, @Nullable Ttl ttl) implements Keyed<ListState<E>> {

        /** The same, with entries that expire. */
        public ListOf<E> expiring(Ttl after) {
            return new ListOf<>(name, element, after);
        }
    }

    /** See {@link MapState}. */
    record MapOf<K, V>(
            String name,
            Type<K> key,
            Type<V> value,
            @Nullable Ttl ttl) implements Keyed<MapState<K, V>> {

        /** The same, with entries that expire. */
        public MapOf<K, V> expiring(Ttl after) {
            return new MapOf<>(name, key, value, after);
        }
    }

    /** See {@link ReducingState}. */
    record Reducing<T>(
            String name,
            Type<T> type,
            BinaryOperator<T> function,
            @Nullable Ttl ttl) implements Keyed<ReducingState<T>> {

        /** The same, with entries that expire. */
        public Reducing<T> expiring(Ttl after) {
            return new Reducing<>(name, type, function, after);
        }
    }

    /** See {@link AggregatingState}. */
    record Aggregating<I, A, R>(
            String name,
            Type<A> kept,
            AggregateFunction<I, A, R> function,
            @Nullable Ttl ttl) implements Keyed<AggregatingState<I, R>> {

        /** The same, with entries that expire. */
        public Aggregating<I, A, R> expiring(Ttl after) {
            return new Aggregating<>(name, kept, function, after);
        }
    }

    /** See {@link OperatorListState}. */
    record OperatorList<E>(String name, Type<E> element) implements StateDescriptor<OperatorListState<E>> {}

    /** See {@link OperatorListState}: the same, but that all subtasks' elements are seen after a restore. */
    record UnionList<E>(String name, Type<E> element) implements StateDescriptor<OperatorListState<E>> {}

    /** See {@link BroadcastState}. */
    record Broadcast<K, V>(String name, Type<K> key, Type<V> value) implements StateDescriptor<BroadcastState<K, V>> {}
}
