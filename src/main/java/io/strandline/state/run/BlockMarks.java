package io.strandline.state.run;

import java.util.concurrent.atomic.AtomicLongArray;

/** Which blocks of a file were checked since it was opened. Safe for concurrent use. */
public final class BlockMarks {

    private final AtomicLongArray words;

    /** None of {@code blocks}. */
    public BlockMarks(int blocks) {
        this.words = new AtomicLongArray(blocks / Long.SIZE + 1);
    }

    /** Whether a block was checked. */
    public boolean contains(int block) {
        return (words.getOpaque(block / Long.SIZE) & 1L << block) != 0;
    }

    /** Notes that a block was checked. */
    public void add(int block) {
        words.getAndUpdate(block / Long.SIZE, word -> word | 1L << block);
    }
}
