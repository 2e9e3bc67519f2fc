package io.strandline.state.table;

import io.strandline.state.KeyBuffer;
import io.strandline.state.KeyColumns;
import io.strandline.state.run.LookupBatch;
import io.strandline.state.run.RunView;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The rows of a batch that a table does not hold, looked up in the runs together. */
final class Misses {

    private final EntryLayout layout;
    private final @Nullable RunView runs;
    private final LookupBatch batch;

    Misses(EntryLayout layout, @Nullable RunView runs) {
        this.layout = layout;
        this.runs = runs;
        this.batch = new LookupBatch();
    }

    void clear() {
        batch.clear();
    }

    void add(KeyColumns keys, int row, long namespace) {
        KeyBuffer key = batch.nextKey();
        key.putKeyGroup(KeyColumns.keyGroup(keys.hashes()[row], layout.maxParallelism));
        layout.codec.encode(keys, row, key);
        if (layout.extras > 0) {
            key.putLong(namespace);
        }
        batch.add(row);
    }

    /** Asks the runs and returns what they said. */
    LookupBatch fetch() {
        if (batch.size() > 0 && runs != null) {
            try {
                runs.lookup(batch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return batch;
    }
}
