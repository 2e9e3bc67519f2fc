package io.strandline.expression;

import java.util.Locale;
import java.util.Optional;

/** What a column or an expression holds, and the kind of array that carries it. No value is ever null. */
public enum ValueType {
    /** 64-bit signed integer; CEL's {@code int}. */
    LONG(Physical.LONGS),
    /** 64-bit IEEE floating point; CEL's {@code double}. */
    DOUBLE(Physical.DOUBLES),
    /** 0 or 1; CEL's {@code bool}. */
    BOOLEAN(Physical.LONGS),
    /** {@link String} objects; CEL's {@code string}. */
    STRING(Physical.OBJECTS),
    /** Milliseconds since 1970-01-01T00:00:00Z; CEL's {@code timestamp}. */
    TIMESTAMP(Physical.LONGS),
    /** Milliseconds; CEL's {@code duration}. */
    DURATION(Physical.LONGS);

    /** The kind of array a column lies in: {@code long[]}, {@code double[]} or {@code Object[]}. */
    public enum Physical {
        LONGS,
        DOUBLES,
        OBJECTS
    }

    private final Physical physical;

    ValueType(Physical physical) {
        this.physical = physical;
    }

    public Physical physical() {
        return physical;
    }

    /** The name users write and read: {@code long}, {@code double}, {@code boolean}, {@code string}, … */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ValueType> ofWireName(String wireName) {
        for (ValueType type : values()) {
            if (type.wireName().equals(wireName)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
