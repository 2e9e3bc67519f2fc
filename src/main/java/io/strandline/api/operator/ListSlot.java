package io.strandline.api.operator;

import io.strandline.api.state.Ttl;
import io.strandline.api.type.SequenceForm;
import io.strandline.api.type.Type;
import io.strandline.snapshot.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A state of one list a key, of which only what was added is encoded. */
final class ListSlot<E> extends Slot<ListSlot.Kept<E>> {

    private final SequenceForm<E> form;

    ListSlot(int index, String name, Type<E> element, @Nullable Ttl ttl) {
        super(index, name, ttl);
        this.form = new SequenceForm<>(element);
    }

    Type<E> element() {
        return form.element();
    }

    @Override
    List<Column> columns() {
        return form.columns();
    }

    @Override
    long[] initial() {
        return new long[1];
    }

    @Override
    Kept<E> load(int at) {
        Kept<E> kept = new Kept<>(form.load(table(), at));
        kept.stored = kept.elements.size();
        return kept;
    }

    @Override
    void store(Kept<E> value, int at) {
        List<E> fresh = value.elements.subList(value.stored, value.elements.size());
        form.store(fresh, value.stored > 0, table(), at);
        value.stored = value.elements.size();
    }

    /** A list and how much of it is in the table. */
    static final class Kept<E> {

        final List<E> elements;
        private int stored;

        Kept(List<E> elements) {
            this.elements = new ArrayList<>(elements);
        }
    }
}
