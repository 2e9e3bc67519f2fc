package io.strandline.bench.micro;

import io.strandline.bench.measure.Randoms;
import io.strandline.engine.element.Batch;
import io.strandline.engine.element.RowType;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import java.util.List;

/** Batches of random keys and values, made before anything is measured. */
final class MicroBatches {

    /** Rows a batch; every benchmark here counts rows. */
    static final int ROWS = 1024;

    static final RowType TYPE =
            new RowType(List.of(new Column("key", ColumnType.LONG), new Column("value", ColumnType.LONG)));

    private static final int COUNT = 256;
    private static final int VALUE_MASK = 0xffff;

    private final Batch[] batches = new Batch[COUNT];
    private int next;

    MicroBatches(long keys) {
        Randoms randoms = Randoms.stream(1, 0);
        for (int index = 0; index < COUNT; index++) {
            Batch batch = new Batch(TYPE, ROWS);
            for (int row = 0; row < ROWS; row++) {
                long random = randoms.at((long) index * ROWS + row);
                batch.longs(0)[row] = Randoms.key(random, keys);
                batch.longs(1)[row] = random & VALUE_MASK;
            }
            batch.size(ROWS);
            batches[index] = batch;
        }
    }

    Batch next() {
        next = (next + 1) % COUNT;
        return batches[next];
    }
}
