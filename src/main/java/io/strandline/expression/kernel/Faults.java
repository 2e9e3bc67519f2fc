package io.strandline.expression.kernel;

import io.strandline.expression.EvaluationException.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows for which an expression has no value, as data rather than as an exception: {@code &&} and {@code ||} may still
 * absorb them, as CEL demands. The first failure of a row is kept.
 */
final class Faults {

    private @Nullable Failure[] failures = {};
    private int count;

    Faults clear() {
        if (count > 0) {
            Arrays.fill(failures, null);
            count = 0;
        }
        return this;
    }

    /** Says that {@code part} of the expression has no value for a row. */
    void add(int row, Kernel part, String detail) {
        add(new Failure(row, part.line(), part.column(), detail));
    }

    void add(Failure failure) {
        int row = failure.row();
        if (row >= failures.length) {
            failures = Arrays.copyOf(failures, Math.max(row + 1, 2 * failures.length));
        }
        if (failures[row] == null) {
            failures[row] = failure;
            count++;
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    boolean has(int row) {
        return count > 0 && row < failures.length && failures[row] != null;
    }

    /** What is wrong with a row that has a fault. */
    Failure at(int row) {
        Failure failure = failures[row];
        if (failure == null) {
            throw new IllegalStateException("row " + row + " has no fault");
        }
        return failure;
    }

    /** Every fault, in the order of the rows. */
    List<Failure> all() {
        List<Failure> all = new ArrayList<>(count);
        for (Failure failure : failures) {
            if (failure != null) {
                all.add(failure);
            }
        }
        return all;
    }
}
