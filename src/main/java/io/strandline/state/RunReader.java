package io.strandline.state;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Reads one sorted run; safe for concurrent use, cursors are not. */
public interface RunReader extends Closeable {

    /** Looks a key up; the answer says whether it is there, and whether as a delete marker. */
    Found get(ByteBuffer key) throws IOException;

    /** A cursor before the first key at or after {@code from}. */
    Cursor seek(ByteBuffer from) throws IOException;

    /** What a look-up found. */
    record Found(Kind kind, @Nullable ByteBuffer value) {

        /** Not in the run. */
        public static final Found ABSENT = new Found(Kind.ABSENT, null);

        /** A delete marker. */
        public static final Found DELETED = new Found(Kind.DELETED, null);

        /** An entry's value. */
        public static Found value(ByteBuffer value) {
            return new Found(Kind.VALUE, value);
        }

        /** Nothing, a value, or a delete marker. */
        public enum Kind {
            ABSENT,
            VALUE,
            DELETED
        }
    }

    /** Walks keys in ascending unsigned byte order. */
    interface Cursor extends Closeable {

        /** Moves on; false at the end. */
        boolean next() throws IOException;

        /** The current key, valid until the next move; its position is not to be moved. */
        ByteBuffer key();

        /** The current value, null for a delete marker; valid until the next move. */
        @Nullable
        ByteBuffer value();

        @Override
        void close();
    }
}
