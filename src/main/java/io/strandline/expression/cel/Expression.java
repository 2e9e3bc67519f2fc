package io.strandline.expression.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.compiler.CelCompiler;
import io.strandline.expression.CompiledExpression;
import io.strandline.expression.ExpressionException;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Kernel;
import io.strandline.expression.kernel.Kernels;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The door of the room: compiles expressions in the Common Expression Language (cel.dev). CEL's own parser and checker
 * decide what is valid; what costs too much, or has no value that a column can hold, is refused as well, so that a compiled
 * expression always runs.
 */
public final class Expression {

    /** Longest text in characters. */
    public static final int MAX_LENGTH = Language.MAX_LENGTH;

    private static final Set<String> RESERVED = Set.of(
            // keywords and reserved words of the language
            "as",
            "break",
            "const",
            "continue",
            "else",
            "false",
            "for",
            "function",
            "if",
            "import",
            "in",
            "let",
            "loop",
            "namespace",
            "null",
            "package",
            "return",
            "true",
            "var",
            "void",
            "while",
            // names of types, which are values in CEL
            "bool",
            "bytes",
            "double",
            "dyn",
            "int",
            "list",
            "map",
            "null_type",
            "string",
            "type",
            "uint");

    private Expression() {}

    /**
     * Parses, checks and compiles.
     *
     * @param schema the rows the expression reads; its column names must not be {@linkplain #reservedNames() reserved}
     * @throws ExpressionException with everything found wrong, each with line and column
     */
    public static CompiledExpression compile(String text, RowSchema schema) throws ExpressionException {
        if (text.length() > MAX_LENGTH) {
            throw refused("the expression has " + text.length() + " characters; at most " + MAX_LENGTH + " are taken");
        }
        if (text.isBlank()) {
            throw refused("the expression is empty");
        }
        int column = schema.indexOf(text.strip());
        if (column >= 0) {
            ValueType type = schema.type(column);
            return compiled(text, schema, () -> Kernels.column(type, column), type);
        }
        CelAbstractSyntaxTree tree = check(text, schema);
        Kernel first = new Translator(tree, schema).translate();
        return compiled(text, schema, () -> again(tree, schema), first.type());
    }

    private static CompiledExpression compiled(String text, RowSchema schema, Supplier<Kernel> tree, ValueType type) {
        return new CompiledExpression(text, schema, type, () -> Kernels.evaluator(text, tree.get()));
    }

    /** Names that no column can have, because CEL gives them another meaning. */
    public static Set<String> reservedNames() {
        return new TreeSet<>(RESERVED);
    }

    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    private static CelAbstractSyntaxTree check(String text, RowSchema schema) throws ExpressionException {
        CelCompiler compiler = Language.compiler(schema);
        CelValidationResult parsed = compiler.parse(text);
        Diagnostics diagnostics = new Diagnostics(schema);
        try {
            CelAbstractSyntaxTree tree = parsed.getAst();
            CelValidationResult checked = compiler.check(tree);
            if (checked.hasError()) {
                throw new ExpressionException(diagnostics.checking(checked.getErrors(), tree));
            }
            return checked.getAst();
        } catch (CelValidationException e) {
            throw new ExpressionException(diagnostics.parsing(e.getErrors()));
        }
    }

    private static Kernel again(CelAbstractSyntaxTree tree, RowSchema schema) {
        try {
            return new Translator(tree, schema).translate();
        } catch (ExpressionException e) {
            throw new IllegalStateException("an expression that was translated before", e);
        }
    }

    private static ExpressionException refused(String detail) {
        return new ExpressionException(List.of(new ExpressionException.Issue(1, 1, detail)));
    }
}
