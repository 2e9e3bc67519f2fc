package io.strandline.expression.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelTypes;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Functions;
import io.strandline.expression.kernel.Kernel;
import io.strandline.expression.kernel.KernelFunction;
import io.strandline.expression.kernel.Kernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a checked tree into kernels. A part without a kernel goes to CEL's runtime, and with it what is around it as far as
 * it takes to come to a value that a column can hold. Parts that read no column are evaluated here, so a literal that means
 * nothing ({@code timestamp("soon")}, {@code 1 / 0}) is refused before anything runs.
 */
final class Translator {

    private final CelAbstractSyntaxTree tree;
    private final RowSchema schema;

    Translator(CelAbstractSyntaxTree tree, RowSchema schema) {
        this.tree = tree;
        this.schema = schema;
    }

    Kernel translate() throws ExpressionException {
        CelExpr root = tree.getExpr();
        refuseNulls();
        long steps = StepEstimate.steps(root);
        if (steps > RowProgram.MAX_STEPS) {
            throw refused(
                    root,
                    "it may take " + steps + " steps a row, and at most " + RowProgram.MAX_STEPS
                            + " are taken; loop over fewer elements");
        }
        Kernel kernel = translate(root);
        if (kernel == null) {
            throw refused(
                    root,
                    "its value is a " + Diagnostics.wireTypes(CelTypes.format(tree.getResultType()))
                            + ", which no column can hold; end with a long, double, boolean, string, timestamp or duration");
        }
        return kernel;
    }

    /** The kernel of a part; null if its value is none that a column can hold. */
    private @Nullable Kernel translate(CelExpr expr) throws ExpressionException {
        Kernel kernel = typed(expr);
        if (kernel != null) {
            return kernel;
        }
        ValueType type = Language.valueType(tree.getTypeOrThrow(expr.id()));
        return type == null ? null : place(expr, rowByRow(expr, type));
    }

    private Kernel rowByRow(CelExpr expr, ValueType type) {
        CelAbstractSyntaxTree part =
                CelAbstractSyntaxTree.newCheckedAst(expr, tree.getSource(), tree.getReferenceMap(), tree.getTypeMap());
        return Kernels.rowByRow(type, new RowProgram(Language.program(part), schema, type));
    }

    /** A kernel that works on whole columns, or null. */
    private @Nullable Kernel typed(CelExpr expr) throws ExpressionException {
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant());
            case IDENT -> column(expr.ident().name());
            case CALL -> call(expr);
            default -> null;
        };
    }

    private static @Nullable Kernel constant(CelConstant constant) {
        return switch (constant.getKind()) {
            case INT64_VALUE -> Kernels.constant(ValueType.LONG, constant.int64Value());
            case DOUBLE_VALUE -> Kernels.constant(ValueType.DOUBLE, constant.doubleValue());
            case BOOLEAN_VALUE -> Kernels.constant(ValueType.BOOLEAN, constant.booleanValue() ? 1L : 0L);
            case STRING_VALUE -> Kernels.constant(ValueType.STRING, constant.stringValue());
            default -> null;
        };
    }

    private @Nullable Kernel column(String name) {
        int index = schema.indexOf(name);
        return index < 0 ? null : Kernels.column(schema.type(index), index);
    }

    private @Nullable Kernel call(CelExpr expr) throws ExpressionException {
        CelExpr.CelCall call = expr.call();
        List<CelExpr> parts = new ArrayList<>();
        call.target().ifPresent(parts::add);
        boolean overList = call.args().size() == 1 && isList(call.args().get(0));
        boolean amongList = call.function().equals("@in") && isList(call.args().get(1));
        if (amongList) {
            parts.add(call.args().get(0));
            parts.addAll(call.args().get(1).list().elements());
        } else {
            parts.addAll(overList ? call.args().get(0).list().elements() : call.args());
        }
        List<Kernel> arguments = translateAll(parts);
        if (arguments == null) {
            return null;
        }
        try {
            Kernel kernel = amongList
                    ? membership(arguments)
                    : overList ? reduced(call.function(), arguments) : applied(call.function(), arguments);
            return kernel == null ? null : finished(expr, kernel, arguments);
        } catch (IllegalArgumentException e) {
            throw refused(expr, String.valueOf(e.getMessage()));
        }
    }

    private static boolean isList(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.LIST;
    }

    private @Nullable List<Kernel> translateAll(List<CelExpr> parts) throws ExpressionException {
        List<Kernel> kernels = new ArrayList<>();
        for (CelExpr part : parts) {
            Kernel kernel = translate(part);
            if (kernel == null) {
                return null;
            }
            kernels.add(kernel);
        }
        return kernels;
    }

    private static @Nullable Kernel applied(String function, List<Kernel> arguments) {
        KernelFunction found = Functions.find(function, arguments);
        return found == null ? null : found.kernel(arguments);
    }

    /** {@code math.greatest} and {@code math.least} of many, two by two from the left. */
    private static @Nullable Kernel reduced(String function, List<Kernel> elements) {
        if (elements.isEmpty() || !(function.equals("math.@max") || function.equals("math.@min"))) {
            return null;
        }
        Kernel all = elements.get(0);
        for (Kernel element : elements.subList(1, elements.size())) {
            all = all == null ? null : applied(function, List.of(all, element));
        }
        return all;
    }

    private static @Nullable Kernel membership(List<Kernel> arguments) {
        Kernel value = arguments.get(0);
        List<Kernel> elements = arguments.subList(1, arguments.size());
        boolean alike = elements.stream().allMatch(element -> element.type() == value.type());
        return alike ? Kernels.oneOf(value, elements) : null;
    }

    /** With its place in the text; evaluated if it is the same for every row. */
    private Kernel finished(CelExpr expr, Kernel kernel, List<Kernel> arguments) {
        if (isConstant(expr)) {
            return Kernels.folded(kernel);
        }
        return arguments.contains(kernel) ? kernel : place(expr, kernel);
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

    private void refuseNulls() throws ExpressionException {
        Optional<CelExpr> literal =
                Diagnostics.parts(tree).filter(Translator::isNull).findFirst();
        if (literal.isPresent()) {
            throw refused(literal.get(), Diagnostics.NO_NULL);
        }
    }

    private static boolean isNull(CelExpr expr) {
        return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.NULL_VALUE;
    }

    private Kernel place(CelExpr expr, Kernel kernel) {
        CelSourceLocation place = location(expr);
        return kernel.at(place.getLine(), place.getColumn() + 1);
    }

    private ExpressionException refused(CelExpr expr, String detail) {
        CelSourceLocation place = location(expr);
        return new ExpressionException(
                List.of(new ExpressionException.Issue(place.getLine(), place.getColumn() + 1, detail)));
    }

    private CelSourceLocation location(CelExpr expr) {
        Integer offset = tree.getSource().getPositionsMap().get(expr.id());
        return offset == null
                ? CelSourceLocation.of(1, 0)
                : tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
    }
}
