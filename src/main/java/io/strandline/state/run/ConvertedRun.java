package io.strandline.state.run;

import io.strandline.snapshot.ValueConversion;
import io.strandline.snapshot.ValueConversion.Added;
import io.strandline.snapshot.ValueConversion.Origin;
import io.strandline.snapshot.ValueConversion.Stored;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a run's values as those of a schema that came after it. */
final class ConvertedRun implements RunReader {

    private final RunReader run;
    private final boolean[] fixed;
    private final List<Origin> columns;

    ConvertedRun(RunReader run, ValueConversion conversion) {
        this.run = run;
        this.columns = conversion.columns();
        this.fixed = new boolean[conversion.stored().size()];
        for (int index = 0; index < fixed.length; index++) {
            fixed[index] = conversion.stored().get(index).fixedWidth();
        }
    }

    @Override
    public Found get(ByteBuffer key) throws IOException {
        Found found = run.get(key);
        ByteBuffer value = found.value();
        return value == null ? found : Found.value(convert(value));
    }

    @Override
    public Cursor seek(ByteBuffer from) throws IOException {
        return new ConvertingCursor(run.seek(from));
    }

    @Override
    public void close() throws IOException {
        run.close();
    }

    private ByteBuffer convert(ByteBuffer value) throws IOException {
        ByteBuffer in = value.slice();
        int[] starts = new int[fixed.length + 1];
        try {
            for (int index = 0; index < fixed.length; index++) {
                starts[index] = in.position();
                int length = fixed[index] ? Long.BYTES : Integer.BYTES + in.getInt(in.position());
                in.position(in.position() + length);
            }
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            throw new IOException("a value of %d bytes is not of its run's schema".formatted(in.limit()), e);
        }
        starts[fixed.length] = in.position();
        return write(in, starts);
    }

    private ByteBuffer write(ByteBuffer in, int[] starts) {
        ByteBuffer out = ByteBuffer.allocate(in.limit() + columns.size() * Long.BYTES);
        for (Origin origin : columns) {
            if (origin instanceof Added added) {
                out.putLong(added.word());
            } else if (origin instanceof Stored from) {
                int at = starts[from.column()];
                int length = starts[from.column() + 1] - at;
                ByteBuffer content = in.slice(at, length);
                out.put(from.widened() ? ByteBuffer.allocate(length).putDouble(0, content.getLong()) : content);
            } else {
                out.putInt(0);
            }
        }
        return out.flip();
    }

    /** Converts each value it is asked for. */
    private final class ConvertingCursor implements Cursor {

        private final Cursor cursor;
        private @Nullable ByteBuffer value;

        ConvertingCursor(Cursor cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean next() throws IOException {
            if (!cursor.next()) {
                return false;
            }
            ByteBuffer stored = cursor.value();
            value = stored == null ? null : convert(stored);
            return true;
        }

        @Override
        public ByteBuffer key() {
            return cursor.key();
        }

        @Override
        public @Nullable ByteBuffer value() {
            return value == null ? null : value.rewind();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
