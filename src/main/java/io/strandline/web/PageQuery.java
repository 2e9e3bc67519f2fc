package io.strandline.web;

import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import java.time.DateTimeException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a list the client wants; a controller takes it as an argument.
 *
 * @param limit items per page, 1 to 500
 * @param cursor the previous page's {@code nextCursor}; null for the first page
 */
public record PageQuery(int limit, @Nullable String cursor) {

    static final int DEFAULT_LIMIT = 100;
    static final int MAX_LIMIT = 500;

    public PageQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            String detail = "limit is " + limit + "; use 1 to " + MAX_LIMIT + ".";
            throw Problem.of(ErrorCode.INVALID_PARAMETER, detail)
                    .withError("?limit", detail)
                    .asException();
        }
    }

    /** One row more than the page holds: its presence tells that there is a next page. */
    public int fetchSize() {
        return limit + 1;
    }

    /**
     * The sort key after which the page begins, as given to {@link Page#of}; empty for the first page.
     *
     * @param list the list's name; a cursor of another list is refused
     * @param parts how many parts the key has
     */
    public List<String> after(String list, int parts) {
        return cursor == null ? List.of() : Cursor.decode(list, cursor, parts);
    }

    /** What a client is to send for the page that begins after a sort key, for lists that are not cut by {@link Page#of}. */
    public static String cursor(String list, List<String> key) {
        return Cursor.encode(list, key);
    }

    /**
     * The sort key after which the page begins, null for the first page.
     *
     * @param list the list's name; a cursor of another list is refused
     * @param parts how many parts the key has
     * @param key makes the key of its parts; a cursor it cannot be made of is refused
     */
    public <T> @Nullable T after(String list, int parts, Function<List<String>, T> key) {
        if (cursor == null) {
            return null;
        }
        List<String> found = Cursor.decode(list, cursor, parts);
        try {
            return key.apply(found);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw Cursor.invalid(list);
        }
    }
}
