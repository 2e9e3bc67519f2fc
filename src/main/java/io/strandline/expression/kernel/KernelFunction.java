package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.List;
import java.util.function.Function;

/**
 * A function or operator over arguments of certain types, for which there is a kernel.
 *
 * @param name CEL's name of it, such as {@code _+_} or {@code size}
 * @param form how it is written, such as {@code a + b} or {@code s.startsWith(t)}
 * @param takes the arguments' types; a method's receiver is the first
 * @param gives the result's type
 * @param remark what is particular about it, and when a row has no value; may be empty
 * @param maker makes its kernel from its arguments' kernels
 */
public record KernelFunction(
        String name,
        String form,
        List<ValueType> takes,
        ValueType gives,
        String remark,
        Function<List<Kernel>, Kernel> maker) {

    public KernelFunction {
        takes = List.copyOf(takes);
    }

    /**
     * A kernel over arguments of the types that it takes.
     *
     * @throws IllegalArgumentException for a literal argument that means nothing, such as a pattern that is none
     */
    public Kernel kernel(List<Kernel> arguments) {
        Kernel kernel = maker.apply(arguments);
        if (kernel.type() != gives) {
            throw new IllegalStateException("'" + form + "' of " + takes + " gave " + kernel.type() + ", not " + gives);
        }
        return kernel;
    }
}
