package io.strandline.expression.cel;

import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Functions;
import io.strandline.expression.kernel.KernelFunction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Writes well-typed expressions and rows for them, drawn from a seed: every function with a kernel, lists, maps and loops.
 * Times are whole seconds within a century or two, since CEL for Java fails for negative durations with a fraction and for
 * durations of more than 292 years.
 */
final class RandomExpression {

    static final RowSchema SCHEMA = new RowSchema(List.of(
            new RowSchema.Column("a", ValueType.LONG),
            new RowSchema.Column("b", ValueType.LONG),
            new RowSchema.Column("x", ValueType.DOUBLE),
            new RowSchema.Column("y", ValueType.DOUBLE),
            new RowSchema.Column("p", ValueType.BOOLEAN),
            new RowSchema.Column("q", ValueType.BOOLEAN),
            new RowSchema.Column("s", ValueType.STRING),
            new RowSchema.Column("w", ValueType.STRING),
            new RowSchema.Column("t", ValueType.TIMESTAMP),
            new RowSchema.Column("u", ValueType.TIMESTAMP),
            new RowSchema.Column("d", ValueType.DURATION)));

    private static final List<KernelFunction> FUNCTIONS = Functions.all();
    private static final Map<ValueType, List<KernelFunction>> BY_RESULT =
            FUNCTIONS.stream().collect(Collectors.groupingBy(KernelFunction::gives));

    /** Functions whose last argument is a text that has to mean something. */
    private static final Set<String> READING = Set.of("int", "double", "bool", "timestamp", "duration", "matches");

    private static final List<String> WORDS =
            List.of("", "a", "ab", "b", "ba", "aba", "a\u00e9b", "a\ud83d\ude00b", " b ");
    private static final List<String> MEANT = List.of(
            "7",
            "-12",
            "1.5",
            "-0.0",
            "NaN",
            "true",
            "f",
            "2001-02-03T04:05:06Z",
            "1969-12-31T23:59:59-08:00",
            "90s",
            "-1h30m",
            "UTC",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "-09:30",
            "5:45",
            "a.b",
            "^a+$",
            "[",
            "",
            "x");

    private final Random random;

    RandomExpression(Random random) {
        this.random = random;
    }

    /** An expression of any type. */
    String any() {
        return of(pick(List.of(ValueType.values())), 1 + random.nextInt(4));
    }

    private String of(ValueType type, int depth) {
        if (depth == 0 || random.nextInt(9) == 0) {
            return leaf(type);
        }
        if (random.nextInt(8) == 0) {
            return indirect(type, depth - 1);
        }
        if (type == ValueType.BOOLEAN && random.nextInt(6) == 0) {
            return membership(depth - 1);
        }
        KernelFunction function = pick(BY_RESULT.getOrDefault(type, FUNCTIONS));
        List<String> arguments = IntStream.range(0, function.takes().size())
                .mapToObj(i -> argument(function, i, depth - 1))
                .toList();
        return call(function, arguments);
    }

    private String argument(KernelFunction function, int i, int depth) {
        boolean last = i == function.takes().size() - 1;
        boolean reads = READING.contains(function.name()) || function.name().startsWith("get");
        if (function.takes().get(i) == ValueType.STRING && last && reads) {
            return random.nextInt(3) == 0 ? "w" : quoted(pick(MEANT));
        }
        return of(function.takes().get(i), depth);
    }

    private String call(KernelFunction function, List<String> arguments) {
        String first = arguments.get(0);
        switch (function.name()) {
            case "_?_:_":
                return "(" + first + " ? " + arguments.get(1) + " : " + arguments.get(2) + ")";
            case "-_", "!_":
                return "(" + function.name().charAt(0) + "(" + first + "))";
            case "math.@max":
                return several("math.greatest", function, arguments);
            case "math.@min":
                return several("math.least", function, arguments);
            case "indexOf":
                // CEL for Java finds nothing in an empty text but an error
                return "(" + first + " + '.').indexOf(" + String.join(", ", arguments.subList(1, arguments.size()))
                        + ")";
            default:
                break;
        }
        if (function.name().startsWith("_")) {
            return "(" + first + " " + function.name().replace("_", "") + " " + arguments.get(1) + ")";
        }
        return function.form().matches("\\w\\..*")
                ? first + "." + function.name() + "(" + String.join(", ", arguments.subList(1, arguments.size())) + ")"
                : function.name() + "(" + String.join(", ", arguments) + ")";
    }

    private String several(String name, KernelFunction function, List<String> arguments) {
        String more = IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> ", " + leafColumn(function.gives()))
                .collect(Collectors.joining());
        return name + "(" + String.join(", ", arguments) + more + ")";
    }

    /** Not of doubles: CEL for Java finds NaN in a list that has one, though it equals nothing. */
    private String membership(int depth) {
        ValueType type = pick(
                List.of(ValueType.LONG, ValueType.BOOLEAN, ValueType.STRING, ValueType.TIMESTAMP, ValueType.DURATION));
        boolean constants = random.nextBoolean();
        String elements = IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> constants ? literal(type) : of(type, depth / 2))
                .collect(Collectors.joining(", "));
        return "(" + of(type, depth) + " in [" + elements + "])";
    }

    /** By way of what has no kernel. */
    private String indirect(ValueType type, int depth) {
        String value = of(type, depth);
        if (type == ValueType.BOOLEAN) {
            String element = of(ValueType.LONG, depth / 2);
            String loop = pick(List.of("all", "exists", "exists_one"));
            return "[1, " + element + ", b]." + loop + "(i, i > a || " + value + ")";
        }
        return switch (random.nextInt(3)) {
            case 0 -> "[" + value + "][" + of(ValueType.BOOLEAN, depth / 2) + " ? 0 : 1]";
            case 1 -> "{'a': " + value + ", 'b': " + leaf(type) + "}[" + of(ValueType.STRING, depth / 2) + "]";
            default -> "[" + leaf(type) + ", " + value + "].map(i, i)[1]";
        };
    }

    private String leaf(ValueType type) {
        return random.nextInt(3) == 0 ? literal(type) : leafColumn(type);
    }

    private String leafColumn(ValueType type) {
        return pick(SCHEMA.columns().stream()
                .filter(column -> column.type() == type)
                .map(RowSchema.Column::name)
                .toList());
    }

    private String literal(ValueType type) {
        return switch (type) {
            case LONG -> "(" + (random.nextInt(9) - 3) + ")";
            case DOUBLE -> "(" + (random.nextInt(9) - 4) / 2.0 + ")";
            case BOOLEAN -> random.nextBoolean() ? "true" : "false";
            case STRING -> quoted(pick(WORDS));
            case TIMESTAMP -> "timestamp('2001-0" + (1 + random.nextInt(9)) + "-07T13:47:05Z')";
            case DURATION -> "duration('" + (random.nextInt(9) - 4) * 1800 + "s')";
        };
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }

    /** A row, as CEL's runtime takes it but with times in milliseconds. */
    Map<String, Object> row() {
        Map<String, Object> row = new HashMap<>();
        for (RowSchema.Column column : SCHEMA.columns()) {
            row.put(column.name(), value(column));
        }
        return row;
    }

    private Object value(RowSchema.Column column) {
        return switch (column.type()) {
            case LONG -> whole();
            case DOUBLE -> real();
            case BOOLEAN -> random.nextBoolean();
            case STRING -> pick(column.name().equals("w") ? MEANT : WORDS);
            case TIMESTAMP -> (random.nextInt() + 900_000_000L) * 1000;
            case DURATION -> (random.nextInt(200_000) - 100_000L) * 1000;
        };
    }

    private Long whole() {
        return switch (random.nextInt(15)) {
            case 0 -> Long.MAX_VALUE;
            case 1 -> Long.MIN_VALUE;
            case 2 -> random.nextLong();
            default -> random.nextInt(9) - 3L;
        };
    }

    /** Never NaN, which CEL for Java finds equal to itself if it is the same object; 0.0 / 0.0 is common enough. */
    private Double real() {
        return switch (random.nextInt(15)) {
            case 0 -> Double.POSITIVE_INFINITY;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> random.nextGaussian() * 1e19;
            case 3 -> -0.0;
            default -> (random.nextInt(11) - 4) / 2.0;
        };
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
