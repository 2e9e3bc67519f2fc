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
import java.util.List;

/** Defines CEL's operators. */
final class Operators {

    private Operators() {}

    static void define(Functions into) {
        numbers(into);
        times(into);
        into.texts(
                "_+_",
                "a + b",
                List.of(STRING, STRING),
                "fails if longer than 2^20",
                row -> Texts.concatenate(row.text(0), row.text(1)));
        for (ValueType type : ValueType.values()) {
            equality(into, type);
        }
        for (ValueType type : ValueType.values()) {
            order(into, type);
        }
        logic(into);
    }

    private static void numbers(Functions into) {
        for (Operation operation : Operation.values()) {
            String fails = switch (operation) {
                case ADD, SUBTRACT, MULTIPLY -> "fails on overflow";
                case DIVIDE -> "fails on division by zero and overflow";
                case MODULO -> "fails on division by zero";
            };
            arithmetic(into, operation, LONG, LONG, LONG, fails);
            if (operation != Operation.MODULO) {
                arithmetic(into, operation, DOUBLE, DOUBLE, DOUBLE, "IEEE 754");
            }
        }
        into.add("-_", "-a", List.of(LONG), LONG, "fails on overflow", a -> Arithmetic.negate(a.get(0)));
        into.add("-_", "-a", List.of(DOUBLE), DOUBLE, "", a -> Arithmetic.negate(a.get(0)));
    }

    private static void times(Functions into) {
        String year = "fails outside the years 1 to 9999";
        String length = "fails beyond 10000 years";
        arithmetic(into, Operation.ADD, TIMESTAMP, DURATION, TIMESTAMP, year);
        arithmetic(into, Operation.ADD, DURATION, TIMESTAMP, TIMESTAMP, year);
        arithmetic(into, Operation.ADD, DURATION, DURATION, DURATION, length);
        arithmetic(into, Operation.SUBTRACT, TIMESTAMP, TIMESTAMP, DURATION, "");
        arithmetic(into, Operation.SUBTRACT, TIMESTAMP, DURATION, TIMESTAMP, year);
        arithmetic(into, Operation.SUBTRACT, DURATION, DURATION, DURATION, length);
    }

    private static void arithmetic(
            Functions into, Operation operation, ValueType left, ValueType right, ValueType gives, String remark) {
        String form = "a " + operation.symbol() + " b";
        into.add(
                "_" + operation.symbol() + "_",
                form,
                List.of(left, right),
                gives,
                remark,
                a -> Arithmetic.of(operation, gives, a.get(0), a.get(1)));
    }

    private static void equality(Functions into, ValueType type) {
        relation(into, "==", Relation.EQUAL, type);
        relation(into, "!=", Relation.NOT_EQUAL, type);
    }

    private static void order(Functions into, ValueType type) {
        relation(into, "<", Relation.LESS, type);
        relation(into, "<=", Relation.LESS_OR_EQUAL, type);
        relation(into, ">", Relation.GREATER, type);
        relation(into, ">=", Relation.GREATER_OR_EQUAL, type);
    }

    private static void relation(Functions into, String symbol, Relation relation, ValueType type) {
        into.add(
                "_" + symbol + "_",
                "a " + symbol + " b",
                List.of(type, type),
                BOOLEAN,
                "",
                a -> Comparison.of(relation, a.get(0), a.get(1)));
    }

    private static void logic(Functions into) {
        List<ValueType> two = List.of(BOOLEAN, BOOLEAN);
        String absorbs = " if one side is, even if the other fails";
        into.add("_&&_", "a && b", two, BOOLEAN, "false" + absorbs, a -> Logic.and(a.get(0), a.get(1)));
        into.add("_||_", "a || b", two, BOOLEAN, "true" + absorbs, a -> Logic.or(a.get(0), a.get(1)));
        into.add("!_", "!a", List.of(BOOLEAN), BOOLEAN, "", a -> Comparison.not(a.get(0)));
        String remark = "only the side that is taken counts";
        for (ValueType type : ValueType.values()) {
            into.add(
                    "_?_:_",
                    "a ? b : c",
                    List.of(BOOLEAN, type, type),
                    type,
                    remark,
                    a -> Conditional.of(a.get(0), a.get(1), a.get(2)));
        }
    }
}
