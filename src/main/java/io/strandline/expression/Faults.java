package io.strandline.expression;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows for which an expression has no value, as data rather than as an exception: {@code &&} and {@code ||} may still
 * absorb them, as CEL demands. The first message of a row is kept.
 */
final class Faults {

    private @Nullable String[] messages = {};
    private int count;

    Faults clear() {
        if (count > 0) {
            Arrays.fill(messages, null);
            count = 0;
        }
        return this;
    }

    void add(int row, String message) {
        if (row >= messages.length) {
            messages = Arrays.copyOf(messages, Math.max(row + 1, 2 * messages.length));
        }
        if (messages[row] == null) {
            messages[row] = message;
            count++;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean has(int row) {
        return count > 0 && row < messages.length && messages[row] != null;
    }

    String message(int row) {
        String message = messages[row];
        if (message == null) {
            throw new IllegalStateException("row " + row + " has no fault");
        }
        return message;
    }

    /** The first row with a fault, or -1. */
    int firstRow() {
        for (int row = 0; count > 0 && row < messages.length; row++) {
            if (messages[row] != null) {
                return row;
            }
        }
        return -1;
    }
}
