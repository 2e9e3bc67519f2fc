package io.strandline.api.operator;

import io.strandline.api.function.Timers;
import io.strandline.api.type.KeyForm;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimerTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The timers of one clock: what user code sets is collected and registered together. */
final class TimerQueue<K> implements Timers {

    private final KeyForm<K> form;
    private final KeyedStates<K> states;
    private final String name;
    private final KeyCells<K> waiting;
    private final Set<Cancelled<K>> cancelled = new HashSet<>();
    private @Nullable TimerTable table;
    private boolean firing;

    TimerQueue(KeyForm<K> form, KeyedStates<K> states, String name, int batchSize) {
        this.form = form;
        this.states = states;
        this.name = name;
        this.waiting = new KeyCells<>(form, batchSize);
    }

    StateSchema schema() {
        return new StateSchema(name, StateSchema.Form.TIMERS, form.columns(), false, List.of());
    }

    void bind(SubtaskState state) {
        table = state.timers(schema());
    }

    @Override
    public void register(long timeMillis) {
        waiting.add(states.key(), timeMillis);
        if (waiting.full()) {
            settle();
        }
    }

    @Override
    public void delete(long timeMillis) {
        settle();
        waiting.add(states.key(), timeMillis);
        table().remove(waiting, waiting.namespaces(), waiting.times());
        waiting.forget();
        if (firing) {
            cancelled.add(new Cancelled<>(states.key(), timeMillis));
        }
    }

    /** Whether a timer that {@link #poll} has taken out last was taken back since. */
    boolean isCancelled(K key, long timeMillis) {
        return !cancelled.isEmpty() && cancelled.contains(new Cancelled<>(key, timeMillis));
    }

    /** Those that {@link #poll} has taken out last have fired. */
    void fired() {
        firing = false;
        cancelled.clear();
    }

    /** Registers what was set. */
    void settle() {
        if (waiting.size() > 0) {
            table().register(waiting, waiting.namespaces(), waiting.times());
            waiting.forget();
        }
    }

    /** The time of the earliest one; {@code Long.MAX_VALUE} when there is none. */
    long earliest() {
        return table().earliest();
    }

    /** Takes timers that are due, at most {@code max}. */
    Due<K> poll(long upTo, int max) {
        TimerTable.Fired fired = table().poll(upTo, max);
        int count = fired.keys().size();
        Object[] arrays = new Object[form.columns().size()];
        for (int i = 0; i < arrays.length; i++) {
            arrays[i] = fired.keys().array(i);
        }
        List<K> keys = new ArrayList<>(count);
        for (int row = 0; row < count; row++) {
            keys.add(form.read(arrays, row));
        }
        firing = true;
        return new Due<>(keys, Arrays.copyOf(fired.times(), count));
    }

    private TimerTable table() {
        if (table == null) {
            throw new IllegalStateException(name + " are not open");
        }
        return table;
    }

    /** Timers that are due: of each the key and the time. */
    record Due<K>(List<K> keys, long[] times) {}

    /** A timer that was taken back while it was due. */
    private record Cancelled<K>(K key, long timeMillis) {}
}
