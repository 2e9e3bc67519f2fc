package io.strandline.expression.kernel;

import io.strandline.expression.ValueType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Every function and operator that has a kernel, found by CEL's name of it and the types of its arguments. The reference in
 * the documentation is made from this list.
 */
public final class Functions {

    private static final Functions ALL = new Functions();

    private final Map<String, KernelFunction> functions = new LinkedHashMap<>();

    private Functions() {
        Operators.define(this);
        StringFunctions.define(this);
        TimeValues.define(this);
        Numbers.define(this);
    }

    /** The function of this name for these arguments, or null if there is no kernel for it. */
    public static @Nullable KernelFunction find(String name, List<Kernel> arguments) {
        return ALL.functions.get(key(name, arguments.stream().map(Kernel::type).toList()));
    }

    /** Every function, in the order of the documentation. */
    public static List<KernelFunction> all() {
        return List.copyOf(ALL.functions.values());
    }

    private static String key(String name, List<ValueType> takes) {
        return name + takes;
    }

    /** Adds a function that makes its kernel itself; see {@link KernelFunction} for the parts. */
    void add(
            String name,
            String form,
            List<ValueType> takes,
            ValueType gives,
            String remark,
            Function<List<Kernel>, Kernel> maker) {
        functions.put(key(name, takes), new KernelFunction(name, form, takes, gives, remark, maker));
    }

    /** Adds a function of a row whose values lie in longs. */
    void longs(
            String name, String form, List<ValueType> takes, ValueType gives, String remark, RowWise.ToLong function) {
        add(name, form, takes, gives, remark, arguments -> RowWise.longs(gives, arguments, function));
    }

    /** Adds a function of a row whose values are doubles. */
    void doubles(String name, String form, List<ValueType> takes, String remark, RowWise.ToDouble function) {
        add(name, form, takes, ValueType.DOUBLE, remark, arguments -> RowWise.doubles(arguments, function));
    }

    /** Adds a function of a row whose values are strings. */
    void texts(String name, String form, List<ValueType> takes, String remark, RowWise.ToText function) {
        add(name, form, takes, ValueType.STRING, remark, arguments -> RowWise.texts(arguments, function));
    }
}
