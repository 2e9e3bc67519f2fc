package io.strandline.state.table;

import org.jspecify.annotations.Nullable;

/**
 * The timers of one time, which fire in the order of key group, key and namespace. Once they are many each key group has a part of
 * its own, sorted when its turn comes, so that nobody waits for all to be sorted.
 */
final class TimerBucket {

    private static final int SPLIT_FROM = 1 << 12;
    private static final long OWN_BYTES = 256;

    private final EntryLayout layout;
    private final long time;
    private final ByteSlab slab = new ByteSlab();
    private final Part all;
    private Part @Nullable [] parts;
    private int next;
    private long counted;
    private int held;
    private int dead;

    TimerBucket(EntryLayout layout, long time) {
        this.layout = layout;
        this.time = time;
        this.all = new Part(layout, slab);
    }

    long time() {
        return time;
    }

    /** Where the keys of its timers lie. */
    ByteSlab slab() {
        return slab;
    }

    /** Bytes it takes, as counted last. */
    long bytes() {
        return counted;
    }

    /** Counts the bytes it takes; returns how many more they are than before. */
    long recount() {
        long before = counted;
        Part[] split = parts;
        counted = OWN_BYTES + slab.bytes() + all.bytes();
        if (split != null) {
            for (Part part : split) {
                counted += part.bytes();
            }
        }
        return counted - before;
    }

    /** One of its timers was taken back; it stays here until it would have fired, or {@link #isMostlyDead}. */
    void died() {
        dead++;
    }

    /** So many of those that were taken back have left. */
    void buried(int count) {
        dead -= count;
    }

    /** Whether some that it has were taken back. */
    boolean hasDead() {
        return dead > 0;
    }

    /** Whether more than half of those that it has were taken back. */
    boolean isMostlyDead() {
        return 2 * dead > held;
    }

    /** Whether it has none. */
    boolean isEmpty() {
        return held == 0;
    }

    /** Adds a timer; one that comes while others fire is sorted in with those that have not. */
    void add(long[] record) {
        held++;
        Part[] split = parts;
        if (split != null) {
            int at = index(record, 0);
            split[at].add(record, 0);
            next = Math.min(next, at);
            return;
        }
        all.add(record, 0);
        if (all.size() == SPLIT_FROM && !all.isFiring()) {
            split();
        }
    }

    /** Moves timers out until so many are due; whether none is left. */
    boolean drain(Due due, int max) {
        int before = due.size();
        boolean over = drainParts(due, max);
        held -= due.size() - before;
        return over;
    }

    private boolean drainParts(Due due, int max) {
        Part[] split = parts;
        if (split == null) {
            return all.drain(due, max);
        }
        while (next < split.length && split[next].drain(due, max)) {
            next++;
        }
        return next == split.length;
    }

    private void split() {
        Part[] split = new Part[layout.keyGroups.size()];
        for (int i = 0; i < split.length; i++) {
            split[i] = new Part(layout, slab);
        }
        EntryCopies added = all.takeAll();
        for (int i = 0; i < added.size(); i++) {
            split[index(added.block(i), added.offset(i))].add(added.block(i), added.offset(i));
        }
        parts = split;
    }

    private int index(long[] record, int at) {
        return layout.keyGroup(record, at) - layout.keyGroups.first();
    }

    /** Takes timers that are due. */
    interface Due {

        /** How many it has. */
        int size();

        /** One more. */
        void add(EntryLayout layout, long[] record, int at, ByteSlab slab);
    }

    /** Timers that are sorted together. */
    private static final class Part {

        private final EntryLayout layout;
        private final ByteSlab slab;
        private EntryCopies added;
        private EntryCopies sorted;
        private int[] order = {};
        private int drained;

        Part(EntryLayout layout, ByteSlab slab) {
            this.layout = layout;
            this.slab = slab;
            this.added = new EntryCopies(layout, slab);
            this.sorted = added;
        }

        int size() {
            return added.size();
        }

        boolean isFiring() {
            return order.length > 0;
        }

        long bytes() {
            return added.bytes() + (sorted == added ? 0 : sorted.bytes()) + (long) order.length * Integer.BYTES;
        }

        void add(long[] record, int at) {
            if (added == sorted && isFiring()) {
                added = new EntryCopies(layout, slab);
            }
            added.add(record, at);
        }

        /** All that were added; there are none here any more. */
        EntryCopies takeAll() {
            EntryCopies taken = added;
            added = new EntryCopies(layout, slab);
            sorted = added;
            return taken;
        }

        boolean drain(Due due, int max) {
            sort();
            while (drained < order.length && due.size() < max) {
                int index = order[drained++];
                due.add(layout, sorted.block(index), sorted.offset(index), slab);
            }
            return drained == order.length;
        }

        /** Sorts what was added since the last time in with what has not fired. */
        private void sort() {
            if (isFiring() && added == sorted) {
                return;
            }
            if (added != sorted) {
                for (int i = drained; i < order.length; i++) {
                    added.add(sorted.block(order[i]), sorted.offset(order[i]));
                }
                sorted = added;
            }
            order = EntryOrder.of(sorted);
            drained = 0;
        }
    }
}
