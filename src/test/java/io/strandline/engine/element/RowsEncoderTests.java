package io.strandline.engine.element;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Rows of every type, written and read. */
class RowsEncoderTests {

    private static final RowType ROWS = new RowType(Arrays.stream(ColumnType.values())
            .map(type -> new Column(type.name(), type))
            .toList());

    @Test
    void readsWhatItWroteBatchByBatch() {
        RowsEncoder encoder = new RowsEncoder();
        encoder.add(rows(0, 3_000));
        encoder.add(rows(3_000, 1));
        encoder.add(rows(0, 0));

        RowsDecoder decoder = new RowsDecoder(ROWS, encoder.toBytes());
        assertThat(encoder.rows()).isEqualTo(3_001);
        assertThat(encoder.length()).isEqualTo(encoder.toBytes().length);
        expect(decoder.next(), 0, 3_000);
        expect(decoder.next(), 3_000, 1);
        expect(decoder.next(), 0, 0);
        assertThat(decoder.next()).isNull();
    }

    private static void expect(Batch batch, int from, int count) {
        assertThat(batch.size()).isEqualTo(count);
        Batch expected = rows(from, count);
        assertThat(batch.timestamps()).isEqualTo(expected.timestamps());
        for (int column = 0; column < ROWS.size(); column++) {
            assertThat(Arrays.deepEquals(new Object[] {batch.column(column)}, new Object[] {expected.column(column)}))
                    .as(ROWS.column(column).name())
                    .isTrue();
        }
    }

    private static Batch rows(int from, int count) {
        Batch batch = new Batch(ROWS, count);
        for (int row = 0; row < count; row++) {
            long value = (from + row) * 0x9e3779b97f4a7c15L;
            batch.timestamps()[row] = from + row;
            for (int column = 0; column < ROWS.size(); column++) {
                switch (ROWS.column(column).type()) {
                    case DOUBLE -> batch.doubles(column)[row] = Double.longBitsToDouble(value);
                    case STRING -> batch.objects(column)[row] = "ä€".repeat((from + row) % 5);
                    case BYTES -> batch.objects(column)[row] = new byte[] {(byte) value, (byte) row};
                    default -> batch.longs(column)[row] = value;
                }
            }
        }
        batch.size(count);
        return batch;
    }
}
