package io.strandline.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checked tree into kernels. Parts that read no column are evaluated here, so a literal that means nothing
 * ({@code timestamp("soon")}, {@code 1 / 0}) is refused before anything runs.
 */
final class Translator {

    private final CelAbstractSyntaxTree tree;
    private final RowSchema schema;

    Translator(CelAbstractSyntaxTree tree, RowSchema schema) {
        this.tree = tree;
        this.schema = schema;
    }

    Kernel translate() throws ExpressionException {
        return translate(tree.getExpr());
    }

    private Kernel translate(CelExpr expr) throws ExpressionException {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr);
            case IDENT -> column(expr);
            case CALL -> call(expr);
            case COMPREHENSION -> throw notSupported(expr, "the macro '" + macroName(expr) + "'");
            case LIST -> throw notSupported(expr, "a list anywhere but to the right of 'in'");
            case MAP -> throw notSupported(expr, "a map");
            case STRUCT -> throw notSupported(expr, "a message");
            case SELECT -> throw notSupported(expr, "a field of a value");
            case NOT_SET -> throw notSupported(expr, "an empty part");
        };
    }

    private Kernel constant(CelExpr expr) throws ExpressionException {
        CelConstant constant = expr.constant();
        return switch (constant.getKind()) {
            case INT64_VALUE -> LongKernel.constant(ValueType.LONG, constant.int64Value());
            case DOUBLE_VALUE -> DoubleKernel.constant(constant.doubleValue());
            case BOOLEAN_VALUE -> LongKernel.constant(ValueType.BOOLEAN, constant.booleanValue() ? 1 : 0);
            case STRING_VALUE -> ObjectKernel.constant(constant.stringValue());
            case UINT64_VALUE -> throw notSupported(expr, "an unsigned number");
            case BYTES_VALUE -> throw notSupported(expr, "a bytes literal");
            case NULL_VALUE -> throw notSupported(expr, "null (no column is ever null)");
            default -> throw notSupported(expr, "a constant of this kind");
        };
    }

    private Kernel column(CelExpr expr) throws ExpressionException {
        int index = schema.indexOf(expr.ident().name());
        if (index < 0) {
            throw notSupported(expr, "the type '" + expr.ident().name() + "' as a value");
        }
        return column(schema.type(index), index);
    }

    /** A kernel that is nothing but a column. */
    static Kernel column(ValueType type, int index) {
        return switch (type.physical()) {
            case LONGS -> LongKernel.column(type, index);
            case DOUBLES -> DoubleKernel.column(index);
            case OBJECTS -> ObjectKernel.column(index);
        };
    }

    private Kernel call(CelExpr expr) throws ExpressionException {
        CelExpr.CelCall call = expr.call();
        if (call.function().equals("@in")) {
            return fold(expr, membership(expr, call.args().get(0), call.args().get(1)));
        }
        List<Kernel> arguments = new ArrayList<>();
        if (call.target().isPresent()) {
            arguments.add(translate(call.target().get()));
        }
        for (CelExpr argument : call.args()) {
            arguments.add(translate(argument));
        }
        try {
            Kernel kernel = Functions.kernel(call.function(), arguments);
            if (kernel == null) {
                throw notSupported(expr, Diagnostics.functionForm(call.function(), arguments));
            }
            return fold(expr, kernel);
        } catch (IllegalArgumentException e) {
            throw refused(expr, String.valueOf(e.getMessage()), false);
        }
    }

    /** {@code value in [a, b]}: a set if all elements are constants, else {@code value == a || value == b}. */
    private Kernel membership(CelExpr expr, CelExpr value, CelExpr list) throws ExpressionException {
        if (list.getKind() != CelExpr.ExprKind.Kind.LIST) {
            throw notSupported(expr, "'in' over anything but a list written out");
        }
        List<Kernel> elements = new ArrayList<>();
        Kernel sought = translate(value);
        for (CelExpr element : list.list().elements()) {
            Kernel kernel = translate(element);
            if (kernel.type() != sought.type()) {
                throw refused(
                        element,
                        "a " + kernel.type().wireName() + " among values compared with a "
                                + sought.type().wireName() + "; write elements of one type",
                        false);
            }
            elements.add(kernel);
        }
        LongKernel set = Comparison.isOneOf(sought, elements);
        return set != null ? set : anyEqual(value, elements);
    }

    private Kernel anyEqual(CelExpr value, List<Kernel> elements) throws ExpressionException {
        LongKernel any = LongKernel.constant(ValueType.BOOLEAN, 0);
        for (Kernel element : elements) {
            any = Logic.or(any, Comparison.of(Comparison.Relation.EQUAL, translate(value), element));
        }
        return any;
    }

    private Kernel fold(CelExpr expr, Kernel kernel) throws ExpressionException {
        if (!isConstant(expr)) {
            return kernel;
        }
        Rows rows = Rows.single();
        Faults faults = new Faults();
        Kernel folded;
        if (kernel instanceof LongKernel longs) {
            folded = LongKernel.constant(kernel.type(), longs.evaluate(rows, faults)[0]);
        } else if (kernel instanceof DoubleKernel doubles) {
            folded = DoubleKernel.constant(doubles.evaluate(rows, faults)[0]);
        } else {
            folded = ObjectKernel.constant((String) ((ObjectKernel) kernel).evaluate(rows, faults)[0]);
        }
        if (!faults.isEmpty()) {
            throw refused(expr, faults.message(0), false);
        }
        return folded;
    }

    /** Whether no part reads a column. */
    private static boolean isConstant(CelExpr expr) {
        return switch (expr.getKind()) {
            case CONSTANT -> true;
            case CALL ->
                expr.call().target().map(Translator::isConstant).orElse(true)
                        && expr.call().args().stream().allMatch(Translator::isConstant);
            case LIST -> expr.list().elements().stream().allMatch(Translator::isConstant);
            default -> false;
        };
    }

    private String macroName(CelExpr expr) {
        CelExpr macro = tree.getSource().getMacroCalls().get(expr.id());
        return macro == null ? "comprehension" : macro.call().function();
    }

    private ExpressionException notSupported(CelExpr expr, String what) {
        return refused(expr, what + " is not supported by this release", true);
    }

    private ExpressionException refused(CelExpr expr, String detail, boolean notSupported) {
        Integer offset = tree.getSource().getPositionsMap().get(expr.id());
        @Nullable
        CelSourceLocation location = offset == null
                ? null
                : tree.getSource().getOffsetLocation(offset).orElse(null);
        int line = location == null ? 1 : location.getLine();
        int column = location == null ? 1 : location.getColumn() + 1;
        return new ExpressionException(List.of(new ExpressionException.Issue(line, column, detail, notSupported)));
    }
}
