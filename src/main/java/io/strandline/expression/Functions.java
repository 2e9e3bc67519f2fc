package io.strandline.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.strandline.expression.Arithmetic.Operation;
import io.strandline.expression.Comparison.Relation;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The kernel of each CEL function, chosen by its name and the types of its arguments, which the checker has found to fit
 * together. Null stands for a function or overload without a kernel; IllegalArgumentException for a literal that means
 * nothing.
 */
final class Functions {

    private static final ValueType LONG = ValueType.LONG;
    private static final ValueType TIMESTAMP = ValueType.TIMESTAMP;
    private static final ValueType DURATION = ValueType.DURATION;

    /** Names of the functions that have a kernel, for suggestions. */
    static final List<String> NAMES = List.of(
            "size",
            "startsWith",
            "endsWith",
            "contains",
            "matches",
            "int",
            "double",
            "string",
            "bool",
            "timestamp",
            "duration",
            "getFullYear",
            "getMonth",
            "getDate",
            "getDayOfMonth",
            "getDayOfYear",
            "getDayOfWeek",
            "getHours",
            "getMinutes",
            "getSeconds",
            "getMilliseconds");

    private Functions() {}

    static @Nullable Kernel kernel(String function, List<Kernel> arguments) {
        return switch (arguments.size()) {
            case 1 -> unary(function, arguments.get(0));
            case 2 -> binary(function, arguments.get(0), arguments.get(1));
            case 3 ->
                function.equals("_?_:_") && arguments.get(0) instanceof LongKernel condition
                        ? Conditional.of(condition, arguments.get(1), arguments.get(2))
                        : null;
            default -> null;
        };
    }

    private static @Nullable Kernel unary(String function, Kernel argument) {
        return switch (function) {
            case "-_" -> negate(argument);
            case "!_" -> Comparison.not((LongKernel) argument);
            case "size" ->
                argument instanceof ObjectKernel text
                        ? Conversion.textToLongs(LONG, text, value -> value.codePointCount(0, value.length()))
                        : null;
            case "int" -> toLong(argument);
            case "double" -> toDouble(argument);
            case "string" -> toText(argument);
            case "bool" -> toBoolean(argument);
            case "timestamp" -> toTimestamp(argument);
            case "duration" -> toDuration(argument);
            default -> accessor(function, argument, ZoneOffset.UTC);
        };
    }

    private static @Nullable Kernel binary(String function, Kernel a, Kernel b) {
        return switch (function) {
            case "_+_", "_-_", "_*_", "_/_", "_%_" -> arithmetic(function.charAt(1), a, b);
            case "_==_" -> Comparison.of(Relation.EQUAL, a, b);
            case "_!=_" -> Comparison.of(Relation.NOT_EQUAL, a, b);
            case "_<_" -> Comparison.of(Relation.LESS, a, b);
            case "_<=_" -> Comparison.of(Relation.LESS_OR_EQUAL, a, b);
            case "_>_" -> Comparison.of(Relation.LESS, b, a);
            case "_>=_" -> Comparison.of(Relation.LESS_OR_EQUAL, b, a);
            case "_&&_" -> Logic.and((LongKernel) a, (LongKernel) b);
            case "_||_" -> Logic.or((LongKernel) a, (LongKernel) b);
            default ->
                a instanceof ObjectKernel text && b instanceof ObjectKernel other
                        ? textTest(function, text, other)
                        : zonedAccessor(function, a, b);
        };
    }

    private static @Nullable Kernel arithmetic(char symbol, Kernel a, Kernel b) {
        if (a instanceof LongKernel x && b instanceof LongKernel y) {
            return new Arithmetic.Longs(arithmeticType(a.type(), b.type()), Operation.of(symbol), x, y);
        }
        if (a instanceof DoubleKernel x && b instanceof DoubleKernel y) {
            return new Arithmetic.Doubles(Operation.of(symbol), x, y);
        }
        return a instanceof ObjectKernel x && b instanceof ObjectKernel y ? Conversion.concatenate(x, y) : null;
    }

    private static ValueType arithmeticType(ValueType a, ValueType b) {
        if (a == TIMESTAMP && b == TIMESTAMP) {
            return DURATION;
        }
        if (a == TIMESTAMP || b == TIMESTAMP) {
            return TIMESTAMP;
        }
        return a;
    }

    private static @Nullable Kernel negate(Kernel argument) {
        if (argument instanceof LongKernel longs) {
            LongKernel zero = LongKernel.constant(argument.type(), 0);
            return new Arithmetic.Longs(argument.type(), Operation.SUBTRACT, zero, longs);
        }
        return argument instanceof DoubleKernel doubles
                ? new Arithmetic.Doubles(Operation.MULTIPLY, doubles, DoubleKernel.constant(-1))
                : null;
    }

    private static @Nullable Kernel textTest(String function, ObjectKernel text, ObjectKernel other) {
        return switch (function) {
            case "startsWith" -> Conversion.test(text, other, String::startsWith);
            case "endsWith" -> Conversion.test(text, other, String::endsWith);
            case "contains" -> Conversion.test(text, other, String::contains);
            case "matches" -> other.constant() instanceof String pattern ? matches(text, pattern) : null;
            default -> null;
        };
    }

    /** RE2 takes linear time whatever the pattern and finds it anywhere in the text, as CEL says. */
    private static Kernel matches(ObjectKernel text, String pattern) {
        try {
            Pattern compiled = Pattern.compile(pattern);
            return Conversion.test(text, value -> compiled.matcher(value).find());
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("'" + pattern + "' is no RE2 pattern: " + e.getDescription(), e);
        }
    }

    private static @Nullable Kernel toLong(Kernel argument) {
        return switch (argument.type()) {
            case LONG -> argument;
            case DOUBLE -> Conversion.doublesToLongs((DoubleKernel) argument);
            case STRING -> Conversion.textToLongs(LONG, (ObjectKernel) argument, Functions::readLong);
            case TIMESTAMP ->
                Conversion.longs(LONG, (LongKernel) argument, millis -> Math.floorDiv(millis, TimeValues.SECOND));
            case BOOLEAN, DURATION -> null;
        };
    }

    private static @Nullable Kernel toDouble(Kernel argument) {
        return switch (argument.type()) {
            case DOUBLE -> argument;
            case LONG -> Conversion.longsToDoubles((LongKernel) argument);
            case STRING -> Conversion.textToDoubles((ObjectKernel) argument, Functions::readDouble);
            case BOOLEAN, TIMESTAMP, DURATION -> null;
        };
    }

    private static Kernel toText(Kernel argument) {
        return switch (argument.type()) {
            case STRING -> argument;
            case DOUBLE -> Conversion.doublesToText((DoubleKernel) argument);
            case LONG -> Conversion.longsToText((LongKernel) argument, Long::toString);
            case BOOLEAN -> Conversion.longsToText((LongKernel) argument, value -> value != 0 ? "true" : "false");
            case TIMESTAMP -> Conversion.longsToText((LongKernel) argument, TimeValues::writeTimestamp);
            case DURATION -> Conversion.longsToText((LongKernel) argument, TimeValues::writeDuration);
        };
    }

    private static @Nullable Kernel toBoolean(Kernel argument) {
        return switch (argument.type()) {
            case BOOLEAN -> argument;
            case STRING ->
                Conversion.textToLongs(ValueType.BOOLEAN, (ObjectKernel) argument, value -> readBoolean(value) ? 1 : 0);
            default -> null;
        };
    }

    private static @Nullable Kernel toTimestamp(Kernel argument) {
        return switch (argument.type()) {
            case TIMESTAMP -> argument;
            case STRING -> Conversion.textToLongs(TIMESTAMP, (ObjectKernel) argument, TimeValues::readTimestamp);
            case LONG -> Conversion.longs(TIMESTAMP, (LongKernel) argument, TimeValues::fromSeconds);
            default -> null;
        };
    }

    private static @Nullable Kernel toDuration(Kernel argument) {
        return switch (argument.type()) {
            case DURATION -> argument;
            case STRING -> Conversion.textToLongs(DURATION, (ObjectKernel) argument, TimeValues::readDuration);
            default -> null;
        };
    }

    private static @Nullable Kernel accessor(String function, Kernel argument, ZoneId zone) {
        LongUnaryOperator part = switch (argument.type()) {
            case TIMESTAMP -> TimeValues.timestampPart(function, zone);
            case DURATION -> TimeValues.durationPart(function);
            default -> null;
        };
        return part == null ? null : Conversion.longs(LONG, (LongKernel) argument, part);
    }

    private static @Nullable Kernel zonedAccessor(String function, Kernel argument, Kernel zone) {
        if (argument.type() != TIMESTAMP || !(zone.constant() instanceof String name)) {
            return null;
        }
        try {
            return accessor(function, argument, TimeValues.readZone(name));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no time zone; write a name such as 'Europe/Berlin' or an offset '-09:30'", e);
        }
    }

    private static long readLong(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no whole number", e);
        }
    }

    private static double readDouble(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("'" + text + "' is no number", e);
        }
    }

    private static boolean readBoolean(String text) {
        return switch (text) {
            case "true", "True", "TRUE", "t", "1" -> true;
            case "false", "False", "FALSE", "f", "0" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }
}
