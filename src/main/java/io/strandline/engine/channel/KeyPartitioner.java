package io.strandline.engine.channel;

import io.strandline.engine.element.Batch;
import io.strandline.engine.element.BatchKeys;
import io.strandline.state.KeyColumns;
import java.util.Arrays;

/** Sorts the rows of a batch by the receiver that owns their key group, as in Flink's assignment of key groups. */
final class KeyPartitioner {

    private final BatchKeys keys;
    private final int[] receiverOfGroup;
    private final int[][] rows;
    private final int[] counts;

    KeyPartitioner(BatchKeys keys, int receivers, int maxParallelism, int batchSize) {
        this.keys = keys;
        this.receiverOfGroup = new int[maxParallelism];
        for (int group = 0; group < maxParallelism; group++) {
            receiverOfGroup[group] = group * receivers / maxParallelism;
        }
        this.rows = new int[receivers][batchSize];
        this.counts = new int[receivers];
    }

    /** Sorts a batch's rows; returns their hashes. */
    long[] partition(Batch batch) {
        long[] hashes = keys.ofUnhashed(batch).hashes();
        Arrays.fill(counts, 0);
        int groups = receiverOfGroup.length;
        for (int row = 0; row < batch.size(); row++) {
            int receiver = receiverOfGroup[KeyColumns.keyGroup(hashes[row], groups)];
            rows[receiver][counts[receiver]++] = row;
        }
        return hashes;
    }

    int[] rows(int receiver) {
        return rows[receiver];
    }

    int count(int receiver) {
        return counts[receiver];
    }
}
