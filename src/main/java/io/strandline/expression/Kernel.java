package io.strandline.expression;

import org.jspecify.annotations.Nullable;

/**
 * A node of a kernel tree. Its result array belongs to the node (or is an input column) and is valid at the rows that
 * were asked for until the node is evaluated again; callers never write to it.
 */
abstract sealed class Kernel permits LongKernel, DoubleKernel, ObjectKernel {

    private final ValueType type;

    Kernel(ValueType type) {
        this.type = type;
    }

    final ValueType type() {
        return type;
    }

    /** The value if it is the same for every row. */
    @Nullable
    Object constant() {
        return null;
    }
}
