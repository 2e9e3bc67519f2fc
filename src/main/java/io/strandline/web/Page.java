package io.strandline.web;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, in keyset order.
 *
 * @param items at most as many as the limit asked for
 * @param nextCursor what to send as {@code cursor} for the next page; null on the last one
 */
public record Page<T>(
        List<T> items,

        @Schema(description = "Send it as cursor to get the next page; null on the last one.") @Nullable
        String nextCursor) {

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Cuts a page out of what the store returned when asked for {@link PageQuery#fetchSize()} rows.
     *
     * @param list the list's name, as in {@link PageQuery#after}
     * @param key the sort key of a row, as text
     */
    public static <T> Page<T> of(List<T> fetched, PageQuery query, String list, Function<T, List<String>> key) {
        if (fetched.size() <= query.limit()) {
            return new Page<>(fetched, null);
        }
        List<T> items = fetched.subList(0, query.limit());
        return new Page<>(items, Cursor.encode(list, key.apply(items.get(items.size() - 1))));
    }

    /** The same page with each item shown another way. */
    public <R> Page<R> map(Function<? super T, ? extends R> view) {
        return new Page<R>(items.stream().<R>map(view).toList(), nextCursor);
    }
}
