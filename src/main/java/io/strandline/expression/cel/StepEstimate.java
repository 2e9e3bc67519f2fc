package io.strandline.expression.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelComprehension;
import java.util.List;

/**
 * How many steps an expression takes for a row at most, as far as its text tells: a loop over a list written out takes as
 * many rounds as that has elements, any other loop is taken to have {@value #UNKNOWN_SIZE}. The idea is cel-go's estimator.
 */
final class StepEstimate {

    /** Elements that a list is taken to have whose size the text does not tell. */
    static final long UNKNOWN_SIZE = 100;

    private static final long CAP = Long.MAX_VALUE / 4;

    private StepEstimate() {}

    /** Steps for a row. */
    static long steps(CelExpr expr) {
        return switch (expr.getKind()) {
            case CALL ->
                capped(1
                        + expr.call().target().map(StepEstimate::steps).orElse(0L)
                        + sum(expr.call().args()));
            case LIST -> 1 + sum(expr.list().elements());
            case MAP ->
                capped(1
                        + expr.map().entries().stream()
                                .mapToLong(entry -> capped(steps(entry.key()) + steps(entry.value())))
                                .reduce(0, (a, b) -> capped(a + b)));
            case SELECT -> capped(1 + steps(expr.select().operand()));
            case COMPREHENSION -> loop(expr.comprehension());
            default -> 1;
        };
    }

    private static long loop(CelComprehension loop) {
        long round = capped(steps(loop.loopCondition()) + steps(loop.loopStep()));
        long rounds = size(loop.iterRange());
        long within = rounds > CAP / Math.max(1, round) ? CAP : rounds * round;
        return capped(capped(steps(loop.iterRange()) + within) + steps(loop.accuInit()) + steps(loop.result()));
    }

    /** Elements of a list or map. */
    private static long size(CelExpr expr) {
        return switch (expr.getKind()) {
            case LIST -> expr.list().elements().size();
            case MAP -> expr.map().entries().size();
            case COMPREHENSION -> size(expr.comprehension().iterRange());
            case CALL -> sizeOfCall(expr.call());
            default -> UNKNOWN_SIZE;
        };
    }

    private static long sizeOfCall(CelExpr.CelCall call) {
        return switch (call.function()) {
            case "_+_" -> capped(size(call.args().get(0)) + size(call.args().get(1)));
            case "_?_:_" -> Math.max(size(call.args().get(1)), size(call.args().get(2)));
            default -> UNKNOWN_SIZE;
        };
    }

    private static long sum(List<CelExpr> parts) {
        return parts.stream().mapToLong(StepEstimate::steps).reduce(0, (a, b) -> capped(a + b));
    }

    private static long capped(long steps) {
        return Math.min(CAP, steps);
    }
}
