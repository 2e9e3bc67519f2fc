package io.strandline.inspect.diff;

import io.strandline.inspect.EntryWords;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader.Decoder;
import io.strandline.state.SnapshotReader.Entry;
import io.strandline.state.diff.Difference;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts differences of one state into the words of the API. */
final class DifferenceWords {

    private final String operator;
    private final StateSchema schema;
    private final Decoder decoder;

    DifferenceWords(String operator, StateSchema schema) {
        this.operator = operator;
        this.schema = schema;
        this.decoder = new Decoder(schema);
    }

    DiffEntry of(Difference difference) {
        Entry before = decode(difference.key(), difference.before());
        Entry after = decode(difference.key(), difference.after());
        Entry any = after == null ? before : after;
        if (any == null) {
            throw new IllegalStateException("a difference without a value");
        }
        return new DiffEntry(
                difference.type(),
                operator,
                schema.name(),
                EntryWords.key(schema, any.key()),
                schema.namespaced() ? Instant.ofEpochMilli(any.namespace()) : null,
                words(before),
                words(after));
    }

    private @Nullable Entry decode(ByteBuffer key, @Nullable ByteBuffer value) {
        return value == null ? null : decoder.decode(key, value);
    }

    private @Nullable Map<String, Object> words(@Nullable Entry entry) {
        return entry == null ? null : EntryWords.value(schema, entry);
    }
}
