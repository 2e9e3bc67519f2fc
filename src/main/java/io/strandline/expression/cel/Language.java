package io.strandline.expression.cel;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelMathExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.extensions.CelStringExtensions.Function;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import io.strandline.expression.RowSchema;
import io.strandline.expression.ValueType;
import io.strandline.expression.kernel.Texts;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * CEL as it is set up here: its standard library with the extensions for strings and math, int and double kept apart, and
 * no more work on one text or one row than is bounded.
 */
final class Language {

    /** Longest text in characters. */
    static final int MAX_LENGTH = 10_000;

    /** Elements that the loops of one row may visit in all. */
    static final int MAX_ITERATIONS = 100_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .populateMacroCalls(true)
            .enableHeterogeneousNumericComparisons(false)
            .maxExpressionCodePointSize(MAX_LENGTH)
            .maxParseRecursionDepth(100)
            .maxParseExpressionNodeCount(1_000)
            .build();

    /** The runtime compares numbers of any type; that both sides have one is the checker's matter. */
    private static final CelOptions RUN_OPTIONS = OPTIONS.toBuilder()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS)
            .maxRegexProgramSize(10_000)
            .build();

    private static final CelStringExtensions STRINGS = CelExtensions.strings();
    private static final CelMathExtensions MATH = CelExtensions.math(2);

    /** Functions that could put together texts without bound are bound anew below. */
    private static final CelStringExtensions BOUNDED_STRINGS =
            CelExtensions.strings(EnumSet.complementOf(EnumSet.of(Function.REPLACE, Function.JOIN, Function.INDEX_OF)));

    /** The older of two: the planner of 0.14.0 takes a failed {@code &&} for a value where {@code ==} meets it. */
    private static final CelRuntime RUNTIME = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(RUN_OPTIONS)
            .addLibraries(BOUNDED_STRINGS, MATH)
            .addFunctionBindings(replace())
            .addFunctionBindings(join())
            .addFunctionBindings(indexOf())
            .build();

    private Language() {}

    /** Parser and checker for rows of a schema. */
    static CelCompiler compiler(RowSchema schema) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addLibraries(STRINGS, MATH);
        for (RowSchema.Column column : schema.columns()) {
            builder.addVar(column.name(), celType(column.type()));
        }
        return builder.build();
    }

    /** What evaluates a checked tree, one row at a time. */
    static CelRuntime.Program program(CelAbstractSyntaxTree tree) {
        try {
            return RUNTIME.createProgram(tree);
        } catch (CelEvaluationException e) {
            throw new IllegalStateException("a checked expression that CEL's runtime does not take", e);
        }
    }

    /** Names of all functions as they are written, macros among them; operators are left out. */
    static Set<String> functionNames() {
        Set<String> names = new TreeSet<>(CelStandardDeclarations.getAllFunctionNames());
        STRINGS.functions().forEach(function -> names.add(function.name()));
        MATH.functions().forEach(function -> names.add(function.name()));
        names.removeIf(name -> !Character.isLetter(name.charAt(0)) || name.endsWith("_") || name.contains("@"));
        CelStandardMacro.STANDARD_MACROS.forEach(macro -> names.add(macro.getFunction()));
        names.addAll(List.of("math.greatest", "math.least"));
        return names;
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

    /** The type of values that a column can hold; null for lists, maps, bytes and other types of CEL. */
    static @Nullable ValueType valueType(CelType type) {
        for (ValueType candidate : ValueType.values()) {
            if (celType(candidate).equals(type)) {
                return candidate;
            }
        }
        return null;
    }

    private static Set<CelFunctionBinding> replace() {
        return CelFunctionBinding.fromOverloads(
                "replace",
                CelFunctionBinding.from(
                        "string_replace_string_string",
                        List.of(String.class, String.class, String.class),
                        a -> Texts.replace((String) a[0], (String) a[1], (String) a[2])),
                CelFunctionBinding.from(
                        "string_replace_string_string_int",
                        List.of(String.class, String.class, String.class, Long.class),
                        a -> Texts.replace((String) a[0], (String) a[1], (String) a[2], (Long) a[3])));
    }

    private static Set<CelFunctionBinding> join() {
        return CelFunctionBinding.fromOverloads(
                "join",
                CelFunctionBinding.from("list_join", List.class, parts -> Texts.join(parts, "")),
                CelFunctionBinding.from("list_join_string", List.class, String.class, Texts::join));
    }

    /** Text that is sought in an empty one is not found, where CEL for Java has an error. */
    private static Set<CelFunctionBinding> indexOf() {
        return CelFunctionBinding.fromOverloads(
                "indexOf",
                CelFunctionBinding.from("string_index_of_string", String.class, String.class, Texts::indexOf),
                CelFunctionBinding.from(
                        "string_index_of_string_int",
                        List.of(String.class, String.class, Long.class),
                        a -> Texts.indexOf((String) a[0], (String) a[1], (Long) a[2])));
    }
}
