package io.strandline.api.type;

import io.strandline.snapshot.ColumnType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every type there is. */
public final class Types {

    public static final Type<Long> LONG =
            new WordType<>(ColumnType.LONG, "long", Long.class, Long::longValue, word -> word);

    /** Kept in a whole word; a version says that it is no {@link #LONG}, which it may become. */
    public static final Type<Integer> INT =
            new WordType<>(ColumnType.LONG, "int", Integer.class, Integer::longValue, Math::toIntExact);

    public static final Type<Double> DOUBLE = new WordType<>(
            ColumnType.DOUBLE, "double", Double.class, Double::doubleToLongBits, Double::longBitsToDouble);

    public static final Type<Boolean> BOOLEAN =
            new WordType<>(ColumnType.BOOLEAN, "boolean", Boolean.class, value -> value ? 1 : 0, word -> word != 0);

    /** To the millisecond. */
    public static final Type<Instant> TIMESTAMP = new WordType<>(
            ColumnType.TIMESTAMP, "timestamp", Instant.class, Instant::toEpochMilli, Instant::ofEpochMilli);

    /** To the millisecond. */
    public static final Type<Duration> DURATION =
            new WordType<>(ColumnType.DURATION, "duration", Duration.class, Duration::toMillis, Duration::ofMillis);

    public static final Type<String> STRING = new ContentType.Text();

    public static final Type<byte[]> BYTES = new ContentType.Raw();

    private static final Map<Class<?>, Type<?>> BY_CLASS = Map.ofEntries(
            Map.entry(long.class, LONG),
            Map.entry(Long.class, LONG),
            Map.entry(int.class, INT),
            Map.entry(Integer.class, INT),
            Map.entry(double.class, DOUBLE),
            Map.entry(Double.class, DOUBLE),
            Map.entry(boolean.class, BOOLEAN),
            Map.entry(Boolean.class, BOOLEAN),
            Map.entry(Instant.class, TIMESTAMP),
            Map.entry(Duration.class, DURATION),
            Map.entry(String.class, STRING),
            Map.entry(byte[].class, BYTES));

    private Types() {}

    /** Lists. */
    public static <E> Type<List<E>> list(Type<E> element) {
        return new ListType<>(element);
    }

    /** Maps. */
    public static <K, V> Type<Map<K, V>> map(Type<K> key, Type<V> value) {
        return new MapType<>(key, value);
    }

    /** Rows of given columns. */
    public static Type<Row> row(Columns columns) {
        return new RowsType(columns);
    }

    /** A record whose components are of these types; one that is new starts with zero, or empty. */
    public static <R extends Record> Type<R> record(Class<R> of) {
        return structure(of, null);
    }

    /**
     * A record whose components are of these types.
     *
     * @param initial what a component starts with in values that were stored when the record did not have it
     */
    public static <R extends Record> Type<R> record(Class<R> of, R initial) {
        return structure(of, initial);
    }

    /** The type that a column's values have. */
    public static Type<?> of(ColumnType column) {
        return switch (column) {
            case LONG -> LONG;
            case DOUBLE -> DOUBLE;
            case BOOLEAN -> BOOLEAN;
            case TIMESTAMP -> TIMESTAMP;
            case DURATION -> DURATION;
            case STRING -> STRING;
            case BYTES -> BYTES;
        };
    }

    private static <R extends Record> RecordType<R> structure(Class<R> of, @Nullable R initial) {
        RecordComponent[] components = of.getRecordComponents();
        if (components == null || components.length == 0) {
            throw new IllegalArgumentException(of + " has no components");
        }
        List<Type<?>> types = Arrays.stream(components)
                .<Type<?>>map(component -> of(component.getGenericType(), of, component.getName()))
                .toList();
        return new RecordType<>(of, types, initial);
    }

    private static Type<?> of(java.lang.reflect.Type type, Class<?> within, String component) {
        Type<?> scalar = type instanceof Class<?> plain ? BY_CLASS.get(plain) : null;
        if (scalar != null) {
            return scalar;
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return structure(plain.asSubclass(Record.class), null);
        }
        if (type instanceof ParameterizedType generic) {
            java.lang.reflect.Type[] of = generic.getActualTypeArguments();
            if (generic.getRawType() == List.class) {
                return list(of(of[0], within, component));
            }
            if (generic.getRawType() == Map.class) {
                return map(of(of[0], within, component), of(of[1], within, component));
            }
        }
        throw new IllegalArgumentException(
                "component %s of %s is a %s; a number, boolean, Instant, Duration, String, byte[], record, List or Map of those is expected"
                        .formatted(component, within.getName(), type.getTypeName()));
    }
}
