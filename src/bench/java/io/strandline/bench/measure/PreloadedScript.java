package io.strandline.bench.measure;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** Every key once, then another script, which begins for all splits when the last of them has loaded its share. */
final class PreloadedScript implements Script {

    private final Script main;
    private final long keys;
    private final int splits;
    private final AtomicIntegerArray loaded;

    PreloadedScript(Script main, long keys, int splits) {
        this.main = main;
        this.keys = keys;
        this.splits = splits;
        this.loaded = new AtomicIntegerArray(splits);
    }

    @Override
    public int fill(int split, long offset, Rows rows) {
        long share = (keys - split + splits - 1) / splits;
        if (offset >= share) {
            loaded.set(split, 1);
            return allLoaded() ? main.fill(split, offset - share, rows) : 0;
        }
        int count = (int) Math.min(rows.most(), share - offset);
        Arrays.fill(rows.created(), rows.from(), rows.from() + count, System.nanoTime());
        for (int row = 0; row < count; row++) {
            rows.keys()[rows.from() + row] = (offset + row) * splits + split;
            rows.values()[rows.from() + row] = offset + row;
        }
        return count;
    }

    private boolean allLoaded() {
        for (int split = 0; split < splits; split++) {
            if (loaded.get(split) == 0) {
                return false;
            }
        }
        return true;
    }
}
