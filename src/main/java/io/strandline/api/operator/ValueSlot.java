package io.strandline.api.operator;

import io.strandline.api.state.Ttl;
import io.strandline.api.type.Type;
import io.strandline.api.type.ValueForm;
import io.strandline.snapshot.Column;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state of one value a key. */
final class ValueSlot<T> extends Slot<T> {

    private final ValueForm<T> form;

    ValueSlot(int index, String name, Type<T> type, @Nullable Ttl ttl) {
        super(index, name, ttl);
        this.form = new ValueForm<>(type);
    }

    Type<T> type() {
        return form.type();
    }

    @Override
    List<Column> columns() {
        return form.columns();
    }

    @Override
    long[] initial() {
        return form.initial();
    }

    @Override
    T load(int at) {
        return form.load(table(), at);
    }

    @Override
    void store(T value, int at) {
        form.store(value, table(), at);
    }
}
