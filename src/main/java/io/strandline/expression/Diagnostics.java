package io.strandline.expression;

import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import io.strandline.expression.ExpressionException.Issue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Says in the words of a pipeline document what CEL's parser and checker found wrong. */
final class Diagnostics {

    private static final Pattern UNKNOWN = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);
    private static final Pattern NO_OVERLOAD =
            Pattern.compile("found no matching overload for '(.*)' applied to '(.*?)' \\(candidates.*", Pattern.DOTALL);
    private static final Pattern EXPECTING =
            Pattern.compile("(?:mismatched|extraneous) input '(.*)' expecting .*|missing .* at '(.*)'", Pattern.DOTALL);
    private static final Pattern NO_NUMBER = Pattern.compile("For input string: \"(.*?)\".*", Pattern.DOTALL);
    private static final int MOST = 5;

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

    List<Issue> checking(List<CelIssue> found, CelExpr tree) {
        List<String> columns = new ArrayList<>();
        collectNames(tree, columns);
        return found.stream()
                .limit(MOST)
                .map(issue -> at(issue, meaning(issue.getMessage(), columns)))
                .toList();
    }

    /** A function and its argument types as a user would say them, such as {@code 'size' of (long)}. */
    static String functionForm(String function, List<Kernel> arguments) {
        String types =
                arguments.stream().map(argument -> argument.type().wireName()).collect(Collectors.joining(", "));
        if (function.equals("matches")) {
            return "'matches' with a pattern that is not a literal";
        }
        return "'" + symbol(function) + "' of (" + types + ")";
    }

    private static Issue at(CelIssue issue, String detail) {
        return new Issue(
                Math.max(1, issue.getSourceLocation().getLine()),
                Math.max(1, issue.getSourceLocation().getColumn() + 1),
                detail,
                false);
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
            return "'" + symbol(overload.group(1)) + "' does not take " + types + hint(overload.group(1), types);
        }
        return wireTypes(message);
    }

    private String unknownName(String name, List<String> columnsUsed) {
        if (columnsUsed.contains(name)) {
            return "unknown column '" + name + "'" + NearestName.hint(name, schema.names()) + " (columns here: "
                    + String.join(", ", schema.names()) + ")";
        }
        return "unknown function '" + name + "'" + NearestName.hint(name, Functions.NAMES);
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

    private static String wireTypes(String celTypes) {
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

    private static void collectNames(CelExpr expr, List<String> names) {
        switch (expr.getKind()) {
            case IDENT -> names.add(expr.ident().name());
            case SELECT -> collectNames(expr.select().operand(), names);
            case CALL -> {
                expr.call().target().ifPresent(target -> collectNames(target, names));
                expr.call().args().forEach(argument -> collectNames(argument, names));
            }
            case LIST -> expr.list().elements().forEach(element -> collectNames(element, names));
            case COMPREHENSION -> {
                collectNames(expr.comprehension().iterRange(), names);
                collectNames(expr.comprehension().loopStep(), names);
            }
            default -> {
                // literals name nothing
            }
        }
    }
}
