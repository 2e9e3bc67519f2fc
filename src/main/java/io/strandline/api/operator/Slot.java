package io.strandline.api.operator;

import io.strandline.api.state.Ttl;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyedTable;
import io.strandline.state.SubtaskState;
import io.strandline.state.TimeToLive;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One keyed state of a function: where it lies and how its values are written down.
 *
 * @param <V> the value as it is kept decoded
 */
abstract class Slot<V> {

    private final int index;
    private final String name;
    private final @Nullable Ttl ttl;
    private @Nullable KeyedTable table;

    Slot(int index, String name, @Nullable Ttl ttl) {
        this.index = index;
        this.name = name;
        this.ttl = ttl;
    }

    final int index() {
        return index;
    }

    final String name() {
        return name;
    }

    final boolean expires() {
        return ttl != null;
    }

    /** Its shape, without what the state keeps beside for itself. */
    final StateSchema declared(List<Column> key) {
        return new StateSchema(name, StateSchema.Form.KEYED, key, false, columns());
    }

    /** Its shape as versions have it. */
    final StateSchema stored(List<Column> key) {
        return ttl == null ? declared(key) : TimeToLive.schema(declared(key));
    }

    final void bind(SubtaskState state, List<Column> key, InstantSource wall) {
        if (ttl == null) {
            table = state.table(declared(key), initial());
            return;
        }
        TimeToLive.Refresh refresh =
                ttl.readsRefresh() ? TimeToLive.Refresh.READS_AND_WRITES : TimeToLive.Refresh.WRITES;
        table = state.table(declared(key), initial(), new TimeToLive(ttl.duration(), refresh, wall::millis));
    }

    final KeyedTable table() {
        if (table == null) {
            throw new IllegalStateException("state " + name + " is not open");
        }
        return table;
    }

    abstract List<Column> columns();

    abstract long[] initial();

    /** The value of the entry whose words begin at {@code at}. */
    abstract V load(int at);

    /** Writes a value into the entry whose words begin at {@code at}. */
    abstract void store(V value, int at);

    /** Writes into an entry what was kept decoded of it. */
    @SuppressWarnings("unchecked")
    final void storeKept(Object value, int at) {
        store((V) value, at);
    }
}
