package io.strandline.api.type;

import io.strandline.snapshot.ColumnType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Values of several named parts: a Java record or a {@link Row}. */
abstract class StructType<T> extends ContentType<T> {

    private final List<String> names;
    private final List<Type<?>> types;
    private final Map<String, Integer> indexes = new HashMap<>();

    StructType(List<String> names, List<Type<?>> types) {
        super(ColumnType.BYTES, shape(names, types));
        this.names = names;
        this.types = types;
        for (String name : names) {
            indexes.put(name, indexes.size());
        }
    }

    private static String shape(List<String> names, List<Type<?>> types) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> names.get(i) + ":" + types.get(i).shape())
                .collect(Collectors.joining(",", "{", "}"));
    }

    final List<String> names() {
        return names;
    }

    final List<Type<?>> types() {
        return types;
    }

    /** Its parts, in order. */
    abstract Object[] parts(T value);

    /** The value of such parts. */
    abstract T of(Object[] parts);

    /** A part, checked. */
    final Object part(Object[] parts, int index) {
        try {
            return types.get(index).check(parts[index]);
        } catch (ValueMisfitException e) {
            throw new ValueMisfitException(names.get(index) + ": " + e.getMessage());
        }
    }

    @Override
    final void write(T value, ByteSink out) {
        Object[] parts = parts(value);
        out.putCount(ByteSink.RECORD, parts.length);
        for (int i = 0; i < parts.length; i++) {
            out.putName(names.get(i));
            write(types.get(i), part(parts, i), out);
        }
    }

    @Override
    final T read(ByteSource in) {
        Object[] parts = parts(zero());
        int count = in.count(ByteSink.RECORD);
        for (int i = 0; i < count; i++) {
            Integer index = indexes.get(in.name());
            if (index == null) {
                in.skip();
            } else {
                parts[index] = types.get(index).read(in);
            }
        }
        return of(parts);
    }

    private static <P> void write(Type<P> type, Object part, ByteSink out) {
        type.write(type.check(part), out);
    }
}
