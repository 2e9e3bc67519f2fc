package io.strandline.api.operator;

import io.strandline.api.function.OpenContext;
import io.strandline.api.function.SideTag;
import io.strandline.api.function.Timers;
import io.strandline.api.state.StateDescriptor;
import io.strandline.api.type.KeyForm;
import io.strandline.api.type.Type;
import io.strandline.api.type.Types;
import io.strandline.snapshot.StateSchema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one function object declares, and the parts that will keep it. */
final class Declarations<K> implements OpenContext {

    private static final String EVENT_TIMERS = "timers";
    private static final String PROCESSING_TIMERS = "processing-timers";

    private final @Nullable KeyForm<K> key;
    private final int subtask;
    private final int batchSize;
    private final List<Slot<?>> slots = new ArrayList<>();
    private final List<UnkeyedState<?>> unkeyed = new ArrayList<>();
    private final List<SideTag<?>> sides = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();
    private final @Nullable KeyedStates<K> keyed;
    private @Nullable TimerQueue<K> eventTimers;
    private @Nullable TimerQueue<K> processingTimers;

    /** @param key null for a stream without keys */
    Declarations(@Nullable KeyForm<K> key, int subtask, int batchSize) {
        this.key = key;
        this.subtask = subtask;
        this.batchSize = batchSize;
        this.keyed = key == null ? null : new KeyedStates<>(key, slots, batchSize);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <S> S state(StateDescriptor<S> descriptor) {
        announce(descriptor.name(), descriptor.toString());
        return (S) handle(descriptor);
    }

    private Object handle(StateDescriptor<?> descriptor) {
        if (descriptor instanceof StateDescriptor.Value<?> value) {
            return value(value);
        }
        if (descriptor instanceof StateDescriptor.ListOf<?> list) {
            return list(list);
        }
        if (descriptor instanceof StateDescriptor.MapOf<?, ?> map) {
            return map(map);
        }
        if (descriptor instanceof StateDescriptor.Reducing<?> reducing) {
            return reducing(reducing);
        }
        if (descriptor instanceof StateDescriptor.Aggregating<?, ?, ?> aggregating) {
            return aggregating(aggregating);
        }
        if (descriptor instanceof StateDescriptor.OperatorList<?> list) {
            return add(new UnkeyedState.OfList<>(list.name(), list.element()));
        }
        if (descriptor instanceof StateDescriptor.UnionList<?> list) {
            return add(new UnkeyedState.OfUnion<>(list.name(), list.element()));
        }
        return broadcast((StateDescriptor.Broadcast<?, ?>) descriptor);
    }

    private <T> Handles value(StateDescriptor.Value<T> value) {
        return new Handles.OfValue<>(
                keyed(value), add(new ValueSlot<>(slots.size(), value.name(), value.type(), value.ttl())));
    }

    private <E> Handles list(StateDescriptor.ListOf<E> list) {
        return new Handles.OfList<>(
                keyed(list), add(new ListSlot<>(slots.size(), list.name(), list.element(), list.ttl())));
    }

    private <M, V> Handles map(StateDescriptor.MapOf<M, V> map) {
        Type<Map<M, V>> type = Types.map(map.key(), map.value());
        return new Handles.OfMap<>(
                keyed(map), add(new ValueSlot<>(slots.size(), map.name(), type, map.ttl())), map.key(), map.value());
    }

    private <T> Handles reducing(StateDescriptor.Reducing<T> reducing) {
        return new Handles.Reduced<>(
                keyed(reducing),
                add(new ValueSlot<>(slots.size(), reducing.name(), reducing.type(), reducing.ttl())),
                reducing.function());
    }

    private <I, A, R> Handles aggregating(StateDescriptor.Aggregating<I, A, R> aggregating) {
        return new Handles.Aggregated<>(
                keyed(aggregating),
                add(new ValueSlot<>(slots.size(), aggregating.name(), aggregating.kept(), aggregating.ttl())),
                aggregating.function());
    }

    private <M, V> Object broadcast(StateDescriptor.Broadcast<M, V> map) {
        return add(new UnkeyedState.OfMap<>(map.name(), Types.map(map.key(), map.value()), map.key(), map.value()));
    }

    @Override
    public Timers eventTimers() {
        if (eventTimers == null) {
            eventTimers = timers(EVENT_TIMERS);
        }
        return eventTimers;
    }

    @Override
    public Timers processingTimers() {
        if (processingTimers == null) {
            processingTimers = timers(PROCESSING_TIMERS);
        }
        return processingTimers;
    }

    @Override
    public <T> SideTag<T> sideOutput(String name, Type<T> type) {
        if (sides.stream().anyMatch(side -> side.name().equals(name))) {
            throw new IllegalArgumentException("side output '%s' is declared twice".formatted(name));
        }
        SideTag<T> tag = new SideTag<>(name, type, sides.size() + 1);
        sides.add(tag);
        return tag;
    }

    @Override
    public int subtask() {
        return subtask;
    }

    /** The shapes of all states and timers. */
    List<StateSchema> schemas() {
        List<StateSchema> schemas = new ArrayList<>();
        if (key != null) {
            slots.forEach(slot -> schemas.add(slot.stored(key.columns())));
        }
        unkeyed.forEach(state -> schemas.add(state.schema()));
        if (eventTimers != null) {
            schemas.add(eventTimers.schema());
        }
        if (processingTimers != null) {
            schemas.add(processingTimers.schema());
        }
        return schemas;
    }

    List<SideTag<?>> sides() {
        return List.copyOf(sides);
    }

    List<UnkeyedState<?>> unkeyed() {
        return unkeyed;
    }

    @Nullable
    KeyedStates<K> keyed() {
        return keyed;
    }

    @Nullable
    TimerQueue<K> declaredEventTimers() {
        return eventTimers;
    }

    @Nullable
    TimerQueue<K> declaredProcessingTimers() {
        return processingTimers;
    }

    private TimerQueue<K> timers(String name) {
        if (key == null || keyed == null) {
            throw new IllegalArgumentException("timers belong to a key; the stream has none: key it first");
        }
        announce(name, "timers");
        return new TimerQueue<>(key, keyed, name, batchSize);
    }

    private KeyedStates<K> keyed(StateDescriptor<?> descriptor) {
        if (keyed == null) {
            throw new IllegalArgumentException(
                    "state '%s' belongs to a key; the stream has none: key it first".formatted(descriptor.name()));
        }
        return keyed;
    }

    private void announce(String name, String what) {
        if (name.isEmpty() || name.indexOf('~') >= 0) {
            throw new IllegalArgumentException("'%s' is no name for a state".formatted(name));
        }
        String before = names.putIfAbsent(name, what);
        if (before != null) {
            throw new IllegalArgumentException(
                    "state '%s' is declared twice: as %s and as %s".formatted(name, before, what));
        }
    }

    private <S extends Slot<?>> S add(S slot) {
        slots.add(slot);
        return slot;
    }

    private <S extends UnkeyedState<?>> S add(S state) {
        unkeyed.add(state);
        return state;
    }
}
