package io.strandline.state.table;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Makes the arrays that a table moves to: small ones at once, large ones in the background, since clearing them takes a while. */
final class FreshSlots {

    private static final long[] NONE = {};
    private static final long LARGE_WORDS = 1 << 18;

    private final EntryLayout layout;
    private final Executor background;
    private int ordered;
    private CompletableFuture<long[]> order = CompletableFuture.completedFuture(NONE);

    FreshSlots(EntryLayout layout, Executor background) {
        this.layout = layout;
        this.background = background;
    }

    /** Whether an array is being made. */
    boolean isMaking() {
        return !order.isDone();
    }

    /**
     * An array for so many slots.
     *
     * @return null when it is only being made now and {@code atOnce} is false
     */
    long @Nullable [] take(int slots, boolean atOnce) {
        if (ordered == slots && order.isDone() && !order.isCompletedExceptionally()) {
            long[] made = order.join();
            forget();
            return made;
        }
        forget();
        if (atOnce || (long) slots * layout.stride < LARGE_WORDS) {
            return SlotTable.allocate(layout, slots);
        }
        ordered = slots;
        order = CompletableFuture.supplyAsync(() -> SlotTable.allocate(layout, slots), background);
        return null;
    }

    /** Keeps no array that nobody takes any more. */
    private void forget() {
        ordered = 0;
        order = CompletableFuture.completedFuture(NONE);
    }
}
