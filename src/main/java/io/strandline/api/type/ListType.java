package io.strandline.api.type;

import io.strandline.snapshot.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values of one type. */
final class ListType<E> extends ContentType<List<E>> {

    private final Type<E> element;

    ListType(Type<E> element) {
        super(ColumnType.BYTES, "list<" + element.shape() + ">");
        this.element = element;
    }

    @Override
    public List<E> check(@Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            throw misfit(value);
        }
        List<E> checked = new ArrayList<>(list.size());
        for (Object each : list) {
            checked.add(element.check(each));
        }
        return checked;
    }

    @Override
    List<E> zero() {
        return List.of();
    }

    @Override
    void write(List<E> value, ByteSink out) {
        out.putCount(ByteSink.LIST, value.size());
        value.forEach(each -> element.write(element.check(each), out));
    }

    @Override
    List<E> read(ByteSource in) {
        int count = in.count(ByteSink.LIST);
        List<E> list = new ArrayList<>(Math.min(count, 1 << 16));
        for (int i = 0; i < count; i++) {
            list.add(element.read(in));
        }
        return list;
    }
}
