package io.strandline.api.operator;

import io.strandline.api.function.Timers;
import io.strandline.api.type.KeyForm;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimerTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The timers of one clock: what user code sets is collected and registered together. */
final class TimerQueue<K> implements Timers {

    private final KeyForm<K> form;
    private final KeyedStates<K> states;
    private final String name;
    private final KeyCells<K> waiting;
    private @Nullable TimerTable table;

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
        return new Due<>(keys, java.util.Arrays.copyOf(fired.times(), count));
    }

    private TimerTable table() {
        if (table == null) {
            throw new IllegalStateException(name + " are not open");
        }
        return table;
    }

    /** Timers that are due: of each the key and the time. */
    record Due<K>(List<K> keys, long[] times) {}
}
