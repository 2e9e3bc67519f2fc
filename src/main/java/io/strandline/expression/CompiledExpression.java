package io.strandline.expression;

import java.util.OptionalInt;
import java.util.function.Supplier;

/** An expression that passed every check: immutable, shared by all subtasks, and a maker of {@link ColumnKernel}s. */
public final class CompiledExpression {

    private final String text;
    private final RowSchema schema;
    private final ValueType type;
    private final Supplier<ColumnKernel> kernels;

    /**
     * An expression that was checked.
     *
     * @param kernels makes a kernel with arrays of its own each time
     */
    public CompiledExpression(String text, RowSchema schema, ValueType type, Supplier<ColumnKernel> kernels) {
        this.text = text;
        this.schema = schema;
        this.type = type;
        this.kernels = kernels;
    }

    /** The text it was compiled from. */
    public String text() {
        return text;
    }

    /** The rows it reads. */
    public RowSchema schema() {
        return schema;
    }

    /** The type of its result. */
    public ValueType type() {
        return type;
    }

    /** The index of the column it is, if it is nothing but a column's name. */
    public OptionalInt column() {
        int index = schema.indexOf(text.strip());
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** A kernel with scratch arrays of its own; each subtask needs one. */
    public ColumnKernel newKernel() {
        return kernels.get();
    }

    @Override
    public String toString() {
        return text + ": " + type.wireName();
    }
}
