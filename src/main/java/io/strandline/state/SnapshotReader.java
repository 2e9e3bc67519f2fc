package io.strandline.state;

import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.StateSchema;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A version's state opened read-only, without disturbing whoever runs. Safe for concurrent use. */
public interface SnapshotReader extends Closeable {

    /** Operators and states of the version. */
    List<OperatorContent> operators();

    /** The shape of a state, empty when the version has none of that name. */
    Optional<StateSchema> schema(String operator, String state);

    /**
     * Every entry under one key, by namespace ascending (one without a namespace).
     *
     * @param key one boxed value a key column: {@link Long}, {@link Double}, {@link String} or {@code byte[]}
     */
    List<Entry> lookup(String operator, String state, List<Object> key) throws IOException;

    /** Walks all live entries of a state in key order, decoding each; returns how many. */
    long scan(String operator, String state, EntryVisitor visitor) throws IOException;

    /**
     * A page of a state's live entries in the order of their keys, and of windows under one key; timers in the order of their times. What
     * it costs follows the page and the number of key groups, not the size of the state.
     */
    Slice slice(String operator, String state, SliceRequest request) throws IOException;

    /** How many live entries each key group has; reads all of them. */
    long[] count(String operator, String state) throws IOException;

    /**
     * The version's logical content as one number: per key group the sum modulo 2^256 of SHA-256 over length-prefixed
     * (operator, state, key, namespace, value), folded into one SHA-256. Equal whatever backend, mode or parallelism wrote it.
     */
    default StateDigest stateDigest() throws IOException {
        return stateDigest((operator, state, entries) -> {});
    }

    /** The same, told to {@code progress} now and then; what that throws ends the reading. */
    StateDigest stateDigest(Progress progress) throws IOException;

    /**
     * One decoded entry, with one boxed value a column: {@link Double}, {@link String} and {@code byte[]} for those types,
     * {@link Long} for all others.
     *
     * @param namespace 0 for a state without one
     * @param value of a timer, its time alone
     */
    record Entry(int keyGroup, List<Object> key, long namespace, List<Object> value) {}

    /** Decodes stored entries of one state. */
    final class Decoder {

        private static final int KEY_GROUP_BYTES = 2;

        private final StateSchema schema;
        private final KeyCodec keys;
        private final ValueCodec values;

        /** Of a state of this shape. */
        public Decoder(StateSchema schema) {
            this.schema = schema;
            this.keys = new KeyCodec(schema.key());
            this.values = new ValueCodec(schema.value());
        }

        /** Decodes an entry; neither buffer is moved. */
        public Entry decode(ByteBuffer storedKey, ByteBuffer value) {
            ByteBuffer in = storedKey.slice();
            int keyGroup = Short.toUnsignedInt(in.getShort());
            boolean timer = schema.form() == StateSchema.Form.TIMERS;
            long time = timer ? in.getLong() ^ Long.MIN_VALUE : 0;
            List<Object> key = keys.decode(in);
            long namespace = schema.namespaced() ? in.getLong() ^ Long.MIN_VALUE : 0;
            return new Entry(keyGroup, key, namespace, timer ? List.of(time) : values.decode(value.duplicate()));
        }
    }

    /**
     * Which entries.
     *
     * @param prefix which keys
     * @param from where to begin, as a slice before said it; null for the first
     * @param limit how many at most; large values end a slice before that
     */
    record SliceRequest(KeyPrefix prefix, @Nullable Position from, int limit) {}

    /**
     * Keys that have something in common.
     *
     * @param leading the whole values of the first key columns, boxed as in {@link #lookup}
     * @param beginning what the column after them begins with: a {@link String} or {@code byte[]}, null for anything
     */
    record KeyPrefix(List<Object> leading, @Nullable Object beginning) {

        /** All keys. */
        public static final KeyPrefix NONE = new KeyPrefix(List.of(), null);

        public KeyPrefix {
            leading = List.copyOf(leading);
        }

        /** Whether it is that of all keys. */
        public boolean isNone() {
            return leading.isEmpty() && beginning == null;
        }
    }

    /**
     * A place between two entries.
     *
     * @param hex bytes that the keys behind it are not before; cut off where a key is long
     * @param skip how many entries that are not before these bytes are before it
     */
    record Position(String hex, int skip) {

        public Position {
            if (skip < 0) {
                throw new IllegalArgumentException("no place is behind " + skip + " entries");
            }
            HexFormat.of().parseHex(hex);
        }
    }

    /**
     * Entries in order.
     *
     * @param next where the next slice begins, null when there is none
     */
    record Slice(List<Entry> entries, @Nullable Position next) {

        public Slice {
            entries = List.copyOf(entries);
        }
    }

    /** Is told how far a reading of everything is. */
    @FunctionalInterface
    interface Progress {

        /** So many entries of a state have been read; of the states before it all have. */
        void at(String operator, String state, long entries);
    }

    /** Takes entries as they are walked. */
    @FunctionalInterface
    interface EntryVisitor {

        /** One entry. */
        void visit(Entry entry) throws IOException;
    }
}
