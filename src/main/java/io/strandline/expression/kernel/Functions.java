package io.strandline.expression.kernel;

import static io.strandline.expression.ValueType.BOOLEAN;
import static io.strandline.expression.ValueType.DOUBLE;
import static io.strandline.expression.ValueType.DURATION;
import static io.strandline.expression.ValueType.LONG;
import static io.strandline.expression.ValueType.STRING;
import static io.strandline.expression.ValueType.TIMESTAMP;

import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Arithmetic.Operation;
import io.strandline.expression.kernel.Comparison.Relation;
import java.util.ArrayList;
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

    private static final String OVERFLOW = "fails on overflow";
    private static final String OUT_OF_RANGE = "fails outside the years 1 to 9999";
    private static final String TOO_LONG = "fails if the result is longer than 2^20";
    private static final String OUTSIDE = "positions from 0; fails outside the text";

    private static final Functions ALL = new Functions();

    private final Map<String, KernelFunction> functions = new LinkedHashMap<>();

    private Functions() {
        operators();
        conversions();
        strings();
        times();
        math();
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

    private void operators() {
        arithmetic(Operation.ADD, LONG, DOUBLE);
        arithmetic(Operation.SUBTRACT, LONG, DOUBLE);
        arithmetic(Operation.MULTIPLY, LONG, DOUBLE);
        arithmetic(Operation.DIVIDE, LONG, DOUBLE);
        arithmetic(Operation.MODULO, LONG);
        timeArithmetic(Operation.ADD, TIMESTAMP, DURATION, TIMESTAMP);
        timeArithmetic(Operation.ADD, DURATION, TIMESTAMP, TIMESTAMP);
        timeArithmetic(Operation.ADD, DURATION, DURATION, DURATION);
        timeArithmetic(Operation.SUBTRACT, TIMESTAMP, TIMESTAMP, DURATION);
        timeArithmetic(Operation.SUBTRACT, TIMESTAMP, DURATION, TIMESTAMP);
        timeArithmetic(Operation.SUBTRACT, DURATION, DURATION, DURATION);
        texts("_+_", "a + b", List.of(STRING, STRING), TOO_LONG, row -> Texts.concatenate(row.text(0), row.text(1)));
        add("-_", "-a", List.of(LONG), LONG, OVERFLOW, a -> Arithmetic.negate(a.get(0)));
        add("-_", "-a", List.of(DOUBLE), DOUBLE, "", a -> Arithmetic.negate(a.get(0)));
        for (ValueType type : ValueType.values()) {
            relations(type);
        }
        List<ValueType> two = List.of(BOOLEAN, BOOLEAN);
        add("_&&_", "a && b", two, BOOLEAN, "false if one side is, whatever the other", a -> Logic.and(a.get(0), a.get(1)));
        add("_||_", "a || b", two, BOOLEAN, "true if one side is, whatever the other", a -> Logic.or(a.get(0), a.get(1)));
        add("!_", "!a", List.of(BOOLEAN), BOOLEAN, "", a -> Comparison.not(a.get(0)));
        for (ValueType type : ValueType.values()) {
            add("_?_:_", "a ? b : c", List.of(BOOLEAN, type, type), type, "only the side that is taken is evaluated", a ->
                    Conditional.of(a.get(0), a.get(1), a.get(2)));
        }
    }

    private void arithmetic(Operation operation, ValueType... types) {
        for (ValueType type : types) {
            boolean whole = type == LONG;
            boolean division = operation == Operation.DIVIDE || operation == Operation.MODULO;
            String remark = division ? "fails on division by zero and overflow" : OVERFLOW;
            add(operation.function(), operation.form(), List.of(type, type), type, whole ? remark : "IEEE 754", a ->
                    Arithmetic.of(operation, type, a.get(0), a.get(1)));
        }
    }

    private void timeArithmetic(Operation operation, ValueType left, ValueType right, ValueType gives) {
        String remark = gives == TIMESTAMP ? OUT_OF_RANGE : "fails beyond 10000 years";
        add(operation.function(), operation.form(), List.of(left, right), gives, remark, a ->
                Arithmetic.of(operation, gives, a.get(0), a.get(1)));
    }

    private void relations(ValueType type) {
        String order = type == DOUBLE ? "NaN equals nothing and has no order" : "";
        List<ValueType> two = List.of(type, type);
        add("_==_", "a == b", two, BOOLEAN, order, a -> Comparison.of(Relation.EQUAL, a.get(0), a.get(1)));
        add("_!=_", "a != b", two, BOOLEAN, order, a -> Comparison.of(Relation.NOT_EQUAL, a.get(0), a.get(1)));
        add("_<_", "a < b", two, BOOLEAN, order, a -> Comparison.of(Relation.LESS, a.get(0), a.get(1)));
        add("_<=_", "a <= b", two, BOOLEAN, order, a -> Comparison.of(Relation.LESS_OR_EQUAL, a.get(0), a.get(1)));
        add("_>_", "a > b", two, BOOLEAN, order, a -> Comparison.of(Relation.LESS, a.get(1), a.get(0)));
        add("_>=_", "a >= b", two, BOOLEAN, order, a -> Comparison.of(Relation.LESS_OR_EQUAL, a.get(1), a.get(0)));
    }

    private void conversions() {
        String wrong = "fails for text that is none";
        String fails = "cuts the fraction off; fails outside 64 bits";
        for (ValueType type : ValueType.values()) {
            String name = type == LONG ? "int" : type == BOOLEAN ? "bool" : type.wireName();
            add(name, name + "(a)", List.of(type), type, "", a -> a.get(0));
        }
        longs("int", "int(a)", List.of(DOUBLE), LONG, fails, row -> Numbers.toLong(row.real(0)));
        longs("int", "int(a)", List.of(STRING), LONG, wrong, row -> Numbers.readLong(row.text(0)));
        longs("int", "int(a)", List.of(TIMESTAMP), LONG, "seconds since 1970", row ->
                Math.floorDiv(row.number(0), TimeValues.SECOND));
        doubles("double", "double(a)", List.of(LONG), "", row -> row.number(0));
        doubles("double", "double(a)", List.of(STRING), wrong, row -> Numbers.readDouble(row.text(0)));
        longs("bool", "bool(a)", List.of(STRING), BOOLEAN, wrong, row -> Numbers.readBoolean(row.text(0)) ? 1 : 0);
        texts("string", "string(a)", List.of(LONG), "", row -> Long.toString(row.number(0)));
        texts("string", "string(a)", List.of(DOUBLE), "", row -> Double.toString(row.real(0)));
        texts("string", "string(a)", List.of(BOOLEAN), "", row -> row.number(0) != 0 ? "true" : "false");
        texts("string", "string(a)", List.of(TIMESTAMP), "`2001-01-01T00:47:00Z`", row ->
                TimeValues.writeTimestamp(row.number(0)));
        texts("string", "string(a)", List.of(DURATION), "`5400s`", row -> TimeValues.writeDuration(row.number(0)));
        longs("timestamp", "timestamp(a)", List.of(STRING), TIMESTAMP, "RFC 3339, whole milliseconds; " + wrong, row ->
                TimeValues.readTimestamp(row.text(0)));
        longs("timestamp", "timestamp(a)", List.of(LONG), TIMESTAMP, "seconds since 1970; " + OUT_OF_RANGE, row ->
                TimeValues.fromSeconds(row.number(0)));
        longs("duration", "duration(a)", List.of(STRING), DURATION, "`1h30m`, `-0.5s`, units h m s ms; " + wrong, row ->
                TimeValues.readDuration(row.text(0)));
    }

    private void strings() {
        List<ValueType> one = List.of(STRING);
        List<ValueType> two = List.of(STRING, STRING);
        longs("size", "size(s)", one, LONG, "in code points; also `s.size()`", row -> Texts.size(row.text(0)));
        longs("startsWith", "s.startsWith(t)", two, BOOLEAN, "", row -> row.text(0).startsWith(row.text(1)) ? 1 : 0);
        longs("endsWith", "s.endsWith(t)", two, BOOLEAN, "", row -> row.text(0).endsWith(row.text(1)) ? 1 : 0);
        longs("contains", "s.contains(t)", two, BOOLEAN, "", row -> row.text(0).contains(row.text(1)) ? 1 : 0);
        String pattern = "an RE2 pattern, found anywhere; fails if it is none";
        add("matches", "s.matches(pattern)", two, BOOLEAN, pattern, Functions::matches);
        texts("charAt", "s.charAt(i)", List.of(STRING, LONG), OUTSIDE, row -> Texts.charAt(row.text(0), row.number(1)));
        longs("indexOf", "s.indexOf(t)", two, LONG, "-1 if there is none", row -> Texts.indexOf(row.text(0), row.text(1)));
        longs("indexOf", "s.indexOf(t, from)", List.of(STRING, STRING, LONG), LONG, OUTSIDE, row ->
                Texts.indexOf(row.text(0), row.text(1), row.number(2)));
        longs("lastIndexOf", "s.lastIndexOf(t)", two, LONG, "-1 if there is none", row ->
                Texts.lastIndexOf(row.text(0), row.text(1)));
        longs("lastIndexOf", "s.lastIndexOf(t, from)", List.of(STRING, STRING, LONG), LONG, OUTSIDE, row ->
                Texts.lastIndexOf(row.text(0), row.text(1), row.number(2)));
        texts("substring", "s.substring(from)", List.of(STRING, LONG), OUTSIDE, row ->
                Texts.substring(row.text(0), row.number(1)));
        texts("substring", "s.substring(from, to)", List.of(STRING, LONG, LONG), OUTSIDE, row ->
                Texts.substring(row.text(0), row.number(1), row.number(2)));
        texts("replace", "s.replace(t, u)", List.of(STRING, STRING, STRING), TOO_LONG, row ->
                Texts.replace(row.text(0), row.text(1), row.text(2)));
        texts("replace", "s.replace(t, u, most)", List.of(STRING, STRING, STRING, LONG), TOO_LONG, row ->
                Texts.replace(row.text(0), row.text(1), row.text(2), row.number(3)));
        texts("lowerAscii", "s.lowerAscii()", one, "", row -> Texts.lowerAscii(row.text(0)));
        texts("upperAscii", "s.upperAscii()", one, "", row -> Texts.upperAscii(row.text(0)));
        texts("trim", "s.trim()", one, "Unicode white space", row -> Texts.trim(row.text(0)));
        texts("reverse", "s.reverse()", one, "", row -> Texts.reverse(row.text(0)));
        texts("strings.quote", "strings.quote(s)", one, "", row -> Texts.quote(row.text(0)));
    }

    private void times() {
        for (TimeValues.Part part : TimeValues.TIMESTAMP_PARTS) {
            String form = "t." + part.accessor() + "()";
            longs(part.accessor(), form, List.of(TIMESTAMP), LONG, part.counts() + ", in UTC", row ->
                    part.of().applyAsLong(row.number(0)));
            form = "t." + part.accessor() + "(zone)";
            String remark = "fails if there is no such zone";
            add(part.accessor(), form, List.of(TIMESTAMP, STRING), LONG, remark, a -> inZone(part, a));
        }
        for (TimeValues.Part part : TimeValues.DURATION_PARTS) {
            longs(part.accessor(), "t." + part.accessor() + "()", List.of(DURATION), LONG, part.counts(), row ->
                    part.of().applyAsLong(row.number(0)));
        }
    }

    private void math() {
        List<ValueType> real = List.of(DOUBLE);
        List<ValueType> whole = List.of(LONG);
        List<ValueType> two = List.of(LONG, LONG);
        List<ValueType> reals = List.of(DOUBLE, DOUBLE);
        String several = "of one or more, all of one type";
        longs("math.@max", "math.greatest(a, …)", two, LONG, several, row -> Math.max(row.number(0), row.number(1)));
        doubles("math.@max", "math.greatest(a, …)", reals, several, row -> Numbers.greatest(row.real(0), row.real(1)));
        longs("math.@min", "math.least(a, …)", two, LONG, several, row -> Math.min(row.number(0), row.number(1)));
        doubles("math.@min", "math.least(a, …)", reals, several, row -> Numbers.least(row.real(0), row.real(1)));
        doubles("math.ceil", "math.ceil(a)", real, "", row -> Math.ceil(row.real(0)));
        doubles("math.floor", "math.floor(a)", real, "", row -> Math.floor(row.real(0)));
        doubles("math.round", "math.round(a)", real, "halves away from zero; fails outside 64 bits", row ->
                Numbers.round(row.real(0)));
        doubles("math.trunc", "math.trunc(a)", real, "", row -> Numbers.truncate(row.real(0)));
        longs("math.abs", "math.abs(a)", whole, LONG, OVERFLOW, row -> Numbers.absolute(row.number(0)));
        doubles("math.abs", "math.abs(a)", real, "", row -> Math.abs(row.real(0)));
        longs("math.sign", "math.sign(a)", whole, LONG, "", row -> Long.signum(row.number(0)));
        doubles("math.sign", "math.sign(a)", real, "", row -> Numbers.sign(row.real(0)));
        doubles("math.sqrt", "math.sqrt(a)", whole, "", row -> Math.sqrt(row.number(0)));
        doubles("math.sqrt", "math.sqrt(a)", real, "NaN below zero", row -> Math.sqrt(row.real(0)));
        longs("math.isNaN", "math.isNaN(a)", real, BOOLEAN, "", row -> Double.isNaN(row.real(0)) ? 1 : 0);
        longs("math.isInf", "math.isInf(a)", real, BOOLEAN, "", row -> Double.isInfinite(row.real(0)) ? 1 : 0);
        longs("math.isFinite", "math.isFinite(a)", real, BOOLEAN, "", row -> Double.isFinite(row.real(0)) ? 1 : 0);
        longs("math.bitAnd", "math.bitAnd(a, b)", two, LONG, "", row -> row.number(0) & row.number(1));
        longs("math.bitOr", "math.bitOr(a, b)", two, LONG, "", row -> row.number(0) | row.number(1));
        longs("math.bitXor", "math.bitXor(a, b)", two, LONG, "", row -> row.number(0) ^ row.number(1));
        longs("math.bitNot", "math.bitNot(a)", whole, LONG, "", row -> ~row.number(0));
        String shift = "zeros move in; fails if negative";
        longs("math.bitShiftLeft", "math.bitShiftLeft(a, bits)", two, LONG, shift, row ->
                Numbers.shiftLeft(row.number(0), row.number(1)));
        longs("math.bitShiftRight", "math.bitShiftRight(a, bits)", two, LONG, shift, row ->
                Numbers.shiftRight(row.number(0), row.number(1)));
    }

    private void add(
            String name,
            String form,
            List<ValueType> takes,
            ValueType gives,
            String remark,
            Function<List<Kernel>, Kernel> maker) {
        functions.put(key(name, takes), new KernelFunction(name, form, takes, gives, remark, maker));
    }

    private void longs(
            String name, String form, List<ValueType> takes, ValueType gives, String remark, RowWise.ToLong function) {
        add(name, form, takes, gives, remark, arguments -> RowWise.longs(gives, arguments, function));
    }

    private static Kernel matches(List<Kernel> arguments) {
        Patterns patterns = new Patterns();
        if (arguments.get(1).constant() instanceof String literal) {
            patterns.matches("", literal);
        }
        return RowWise.longs(BOOLEAN, arguments, row -> patterns.matches(row.text(0), row.text(1)) ? 1 : 0);
    }

    private static Kernel inZone(TimeValues.Part part, List<Kernel> arguments) {
        ZoneClock clock = new ZoneClock();
        if (arguments.get(1).constant() instanceof String literal) {
            clock.local(0, literal);
        }
        return RowWise.longs(LONG, arguments, row -> part.of().applyAsLong(clock.local(row.number(0), row.text(1))));
    }

    private void doubles(
            String name, String form, List<ValueType> takes, String remark, RowWise.ToDouble function) {
        add(name, form, takes, DOUBLE, remark, arguments -> RowWise.doubles(arguments, function));
    }

    private void texts(String name, String form, List<ValueType> takes, String remark, RowWise.ToText function) {
        add(name, form, takes, STRING, remark, arguments -> RowWise.texts(arguments, function));
    }
}
