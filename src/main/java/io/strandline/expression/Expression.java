package io.strandline.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The door of the room: compiles expressions in the Common Expression Language (cel.dev). CEL's own parser and checker
 * decide what is valid; what they accept but no kernel exists for is refused here, so that a compiled expression always
 * runs.
 */
public final class Expression {

    /** Longest text in characters. */
    public static final int MAX_LENGTH = 10_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .populateMacroCalls(true)
            .enableHeterogeneousNumericComparisons(false)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(100)
            .maxParseExpressionNodeCount(1_000)
            .build();

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
            return new CompiledExpression(text, schema, type, () -> Translator.column(type, column));
        }
        CelAbstractSyntaxTree tree = check(text, schema);
        Kernel first = new Translator(tree, schema).translate();
        return new CompiledExpression(text, schema, first.type(), () -> again(tree, schema));
    }

    /** Names that no column can have, because CEL gives them another meaning. */
    public static Set<String> reservedNames() {
        return new TreeSet<>(RESERVED);
    }

    public static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    private static CelAbstractSyntaxTree check(String text, RowSchema schema) throws ExpressionException {
        CelCompiler compiler = compiler(schema);
        CelValidationResult parsed = compiler.parse(text);
        Diagnostics diagnostics = new Diagnostics(schema);
        try {
            CelAbstractSyntaxTree tree = parsed.getAst();
            CelValidationResult checked = compiler.check(tree);
            if (checked.hasError()) {
                throw new ExpressionException(diagnostics.checking(checked.getErrors(), tree.getExpr()));
            }
            return checked.getAst();
        } catch (CelValidationException e) {
            throw new ExpressionException(diagnostics.parsing(e.getErrors()));
        }
    }

    private static CelCompiler compiler(RowSchema schema) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS);
        for (RowSchema.Column column : schema.columns()) {
            builder.addVar(column.name(), celType(column.type()));
        }
        return builder.build();
    }

    private static CelType celType(ValueType type) {
        return switch (type) {
            case LONG -> SimpleType.INT;
            case DOUBLE -> SimpleType.DOUBLE;
            case BOOLEAN -> SimpleType.BOOL;
            case STRING -> SimpleType.STRING;
            case TIMESTAMP -> SimpleType.TIMESTAMP;
            case DURATION -> SimpleType.DURATION;
        };
    }

    private static Kernel again(CelAbstractSyntaxTree tree, RowSchema schema) {
        try {
            return new Translator(tree, schema).translate();
        } catch (ExpressionException e) {
            throw new IllegalStateException("an expression that was translated before", e);
        }
    }

    private static ExpressionException refused(String detail) {
        return new ExpressionException(List.of(new ExpressionException.Issue(1, 1, detail, false)));
    }
}
