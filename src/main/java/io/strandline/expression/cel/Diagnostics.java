package io.strandline.expression.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import io.strandline.expression.ExpressionException.Issue;
import io.strandline.expression.NearestName;
import io.strandline.expression.RowSchema;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Says in the words of a pipeline document what CEL's parser and checker found wrong. */
final class Diagnostics {

    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '(.*)' applied to '(.*?)' \\(candidates.*", Pattern.DOTALL);
    private static final Pattern EXPECTING =
            Pattern.compile("(?:mismatched|extraneous) input '(.*)' expecting .*|missing .* at '(.*)'", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile("For input string: \"(.*?)\".*", Pattern.DOTALL);
    private static final int MOST = 5;

    /** Why there is no null. */
    static final String NO_NULL =
            "null: no value is ever null (a record in which a column is missing or null is a poison record)";

    private final RowSchema schema;

    Diagnostics(RowSchema schema) {
        this.schema = schema;
    }

    /** The first mistake only: what follows a syntax error is mostly its echo. */
    List<Issue> parsing(List<CelIssue> found) {
        return found.stream()
                .limit(1)
                .map(issue -> at(issue, syntax(issue.getMessage())))
                .toList();
    }

    List<Issue> checking(List<CelIssue> found, CelAbstractSyntaxTree tree) {
        List<String> columns = parts(tree)
                .filter(part -> part.getKind() == CelExpr.ExprKind.Kind.IDENT)
                .map(part -> part.ident().name())
                .toList();
        return found.stream()
                .limit(MOST)
                .map(issue -> at(issue, meaning(issue.getMessage(), columns)))
                .toList();
    }

    private static Issue at(CelIssue issue, String detail) {
        return new Issue(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(1, issue.getSourceLocation().getColumn() + 1),
                detail);
    }

    private static String syntax(String message) {
        Matcher expecting = EXPECTING.matcher(message);
        if (expecting.matches()) {
            String input = expecting.group(1) == null ? expecting.group(2) : expecting.group(1);
            return input.equals("<EOF>")
                    ? "the expression ends where a value is missing"
                    : "unexpected '" + input + "'";
        }
        Matcher number = NO_NUMBER.matcher(message);
        if (number.matches()) {
            return number.group(1) + " does not fit into 64 bits; write " + number.group(1) + ".0 for a double";
        }
        if (message.contains("has() macro")) {
            return "has() asks a map for a key, as in has({'a': 1}.a); a row has every column";
        }
        if (message.startsWith("token recognition error at: ")) {
            return "cannot read " + message.substring("token recognition error at: ".length())
                    + "; is a quote missing?";
        }
        return message;
    }

    private String meaning(String message, List<String> columnsUsed) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (unknown.matches()) {
            return unknownName(unknown.group(1), columnsUsed);
        }
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            String types = wireTypes(overload.group(2));
            if (types.matches(".*\\bnull(_type)?\\b.*")) {
                return NO_NULL;
            }
            return "'" + symbol(overload.group(1)) + "' does not take " + types + hint(overload.group(1), types);
        }
        return wireTypes(message);
    }

    private String unknownName(String name, List<String> columnsUsed) {
        if (columnsUsed.contains(name)) {
            return "unknown column '" + name + "'" + NearestName.hint(name, schema.names()) + " (columns here: "
                    + String.join(", ", schema.names()) + ")";
        }
        return "unknown function '" + name + "'" + NearestName.hint(name, Language.functionNames());
    }

    private static String hint(String function, String types) {
        if (function.equals("_?_:_")) {
            return types.startsWith("(boolean")
                    ? "; both sides of ':' must have one type"
                    : "; the condition before '?' must be boolean";
        }
        if (types.contains("long") && types.contains("double")) {
            return "; write a whole number as 2.0, or convert a column with double(…) or int(…)";
        }
        if (types.contains("timestamp") && types.contains("string")) {
            return "; write timestamp('2001-01-01T00:00:00Z')";
        }
        if (types.contains("duration") && (types.contains("string") || types.contains("long"))) {
            return "; write duration('1h30m')";
        }
        if (types.contains("string") && !types.contains("boolean")) {
            return "; convert with int(…), double(…) or string(…)";
        }
        return "";
    }

    /** CEL's names of types as documents write them. */
    static String wireTypes(String celTypes) {
        return celTypes.replace("google.protobuf.Timestamp", "timestamp")
                .replace("google.protobuf.Duration", "duration")
                .replaceAll("\\bint\\b", "long")
                .replaceAll("\\bbool\\b", "boolean");
    }

    /** {@code _+_} is {@code +} to a user. */
    private static String symbol(String function) {
        return switch (function) {
            case "_?_:_" -> "? :";
            case "_[_]" -> "[ ]";
            case "@in" -> "in";
            default -> function.startsWith("_") || function.endsWith("_") ? function.replace("_", "") : function;
        };
    }

    /** Every part of a tree, in no order. */
    static Stream<CelExpr> parts(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree).getRoot().allNodes().map(CelNavigableExpr::expr);
    }
}
