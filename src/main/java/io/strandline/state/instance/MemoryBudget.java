package io.strandline.state.instance;

import io.strandline.state.table.TableDepth;
import io.strandline.state.table.TableUpkeep;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Shares an instance's memory among its bounded tables: each may take what an equal share is and what the others leave of
 * theirs. What keeps everything, such as timers, comes first.
 */
final class MemoryBudget {

    private final long budgetBytes;
    private final List<TableUpkeep> bounded = new CopyOnWriteArrayList<>();
    private final List<TableUpkeep> whole = new CopyOnWriteArrayList<>();

    MemoryBudget(long budgetBytes) {
        this.budgetBytes = budgetBytes;
    }

    /** The depth of a table that is about to be made and then to {@link Share#join}. */
    Share share() {
        return new Share();
    }

    /** A table that keeps everything. */
    void keeps(TableUpkeep table) {
        whole.add(table);
    }

    /** One table's part. */
    final class Share implements TableDepth {

        private static final int CALLS = 64;

        private @Nullable TableUpkeep own;
        private long most;
        private int calls;

        void join(TableUpkeep table) {
            own = table;
            bounded.add(table);
        }

        @Override
        public long mostBytes() {
            if (calls++ % CALLS == 0) {
                most = compute();
            }
            return most;
        }

        private long compute() {
            long left = budgetBytes;
            for (TableUpkeep table : whole) {
                left -= table.bytes();
            }
            long equal = Math.max(0, left) / Math.max(1, bounded.size());
            long spare = 0;
            int eager = 1;
            for (TableUpkeep table : bounded) {
                if (table != own) {
                    long unused = Math.max(0, equal - table.bytes());
                    spare += unused;
                    eager += unused <= equal / 2 ? 1 : 0;
                }
            }
            return equal + spare / eager;
        }
    }
}
