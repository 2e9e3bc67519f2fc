package io.strandline.catalog.rows;

import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** Queries over more values than one query should have. */
final class Parts {

    private static final int IN_ONE_QUERY = 500;

    private Parts() {}

    static <T> void of(Collection<T> all, Consumer<List<T>> query) {
        List<T> list = List.copyOf(all);
        for (int from = 0; from < list.size(); from += IN_ONE_QUERY) {
            query.accept(list.subList(from, Math.min(list.size(), from + IN_ONE_QUERY)));
        }
    }

    /** {@code ?, ?, ?}. */
    static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }
}
