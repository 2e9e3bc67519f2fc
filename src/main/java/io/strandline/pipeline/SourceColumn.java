package io.strandline.pipeline;

import io.strandline.expression.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A column read from a file.
 *
 * @param timestamp how its text is read; present exactly if the type is {@link ValueType#TIMESTAMP}
 */
public record SourceColumn(
        String name, ValueType type, @Nullable TimestampPattern timestamp) {

    public SourceColumn {
        if ((type == ValueType.TIMESTAMP) != (timestamp != null)) {
            throw new IllegalArgumentException("column '" + name + "' is " + type + " with pattern " + timestamp);
        }
    }

    /** The type as the document writes it, such as {@code timestamp(yyyy/MM/dd HH:mm)}. */
    public String wireType() {
        return timestamp == null ? type.wireName() : timestamp.wireType();
    }
}
