package io.strandline.state.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.KeyGroupRange;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.KeyBuffer;
import io.strandline.state.RunReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredBlockTests {

    private static final StateSchema NOTES = new StateSchema(
            "notes",
            StateSchema.Form.KEYED,
            List.of(new Column("id", ColumnType.LONG)),
            false,
            List.of(new Column("note", ColumnType.BYTES)));

    @Test
    void takesFewEntriesAtATimeWhereTheirValuesAreLong() throws IOException {
        StoredBlock block = new StoredBlock(new EntryLayout(NOTES, new KeyGroupRange(0, 0), 1));
        LongValues entries = new LongValues(40, 1 << 19);

        int blocks = 1;
        int taken = 0;
        while (block.fill(entries)) {
            assertThat(block.keys().size()).isBetween(1, 4);
            taken += block.keys().size();
            blocks++;
        }

        assertThat(taken + block.keys().size()).isEqualTo(40);
        assertThat(blocks).isGreaterThan(10);
    }

    /** So many entries with values of so many bytes. */
    private static final class LongValues implements RunReader.Cursor {

        private final int entries;
        private final ByteBuffer value;
        private final KeyBuffer key = new KeyBuffer();
        private int next;

        LongValues(int entries, int bytes) {
            this.entries = entries;
            this.value = ByteBuffer.allocate(bytes);
        }

        @Override
        public boolean next() {
            key.clear();
            key.putKeyGroup(0);
            key.putLong(next);
            return next++ < entries;
        }

        @Override
        public ByteBuffer key() {
            return ByteBuffer.wrap(key.bytes(), 0, key.length());
        }

        @Override
        public ByteBuffer value() {
            return value;
        }

        @Override
        public void close() {}
    }
}
