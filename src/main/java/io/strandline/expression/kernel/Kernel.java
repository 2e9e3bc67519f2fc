package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A node of a kernel tree. Its result array belongs to the node (or is an input column) and is valid at the rows that
 * were asked for until the node is evaluated again; callers never write to it. At a row with a fault it holds some value
 * of the type, never null.
 */
public abstract sealed class Kernel permits LongKernel, DoubleKernel, ObjectKernel {

    private final ValueType type;
    private int line = 1;
    private int column = 1;

    Kernel(ValueType type) {
        this.type = type;
    }

    /** The type of its results. */
    public final ValueType type() {
        return type;
    }

    /** Says where in the text it stands, for what is told about its faults. */
    public final Kernel at(int textLine, int textColumn) {
        line = textLine;
        column = textColumn;
        return this;
    }

    /** The value if it is the same for every row. */
    @Nullable
    Object constant() {
        return null;
    }

    /**
     * Whether evaluating a row costs next to nothing and hardly ever faults, so that evaluating all rows is cheaper than
     * picking some.
     */
    boolean cheap() {
        return false;
    }

    final int line() {
        return line;
    }

    final int column() {
        return column;
    }
}
