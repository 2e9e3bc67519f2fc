package io.strandline.expression.kernel;

import static io.strandline.expression.ValueType.BOOLEAN;
import static io.strandline.expression.ValueType.DOUBLE;
import static io.strandline.expression.ValueType.LONG;
import static io.strandline.expression.ValueType.STRING;

import io.strandline.expression.ValueType;
import java.util.List;

/** Defines the functions of strings: CEL's own and its {@code strings} library. */
final class StringFunctions {

    private static final List<ValueType> ONE = List.of(STRING);
    private static final List<ValueType> TWO = List.of(STRING, STRING);
    private static final List<ValueType> THREE = List.of(STRING, STRING, STRING);
    private static final List<ValueType> TWO_FROM = List.of(STRING, STRING, LONG);
    private static final String OUTSIDE = "positions from 0; fails outside the text";

    private StringFunctions() {}

    static void define(Functions into) {
        conversions(into);
        tests(into);
        positions(into);
        parts(into);
        changes(into);
    }

    private static void conversions(Functions into) {
        into.add("string", "string(a)", ONE, STRING, "", a -> a.get(0));
        into.texts("string", "string(a)", List.of(LONG), "", row -> Long.toString(row.number(0)));
        into.texts("string", "string(a)", List.of(DOUBLE), "", row -> Double.toString(row.real(0)));
        into.texts("string", "string(a)", List.of(BOOLEAN), "", row -> row.number(0) != 0 ? "true" : "false");
    }

    private static void tests(Functions into) {
        into.longs("size", "size(s)", ONE, LONG, "in code points; also `s.size()`", row -> Texts.size(row.text(0)));
        into.longs(
                "startsWith",
                "s.startsWith(t)",
                TWO,
                BOOLEAN,
                "",
                row -> row.text(0).startsWith(row.text(1)) ? 1 : 0);
        into.longs(
                "endsWith",
                "s.endsWith(t)",
                TWO,
                BOOLEAN,
                "",
                row -> row.text(0).endsWith(row.text(1)) ? 1 : 0);
        into.longs(
                "contains",
                "s.contains(t)",
                TWO,
                BOOLEAN,
                "",
                row -> row.text(0).contains(row.text(1)) ? 1 : 0);
        String pattern = "RE2, found anywhere in the text; fails for what is no pattern";
        into.add("matches", "s.matches(pattern)", TWO, BOOLEAN, pattern, StringFunctions::matches);
    }

    private static Kernel matches(List<Kernel> arguments) {
        Patterns patterns = new Patterns();
        if (arguments.get(1).constant() instanceof String literal) {
            patterns.matches("", literal);
        }
        return RowWise.longs(BOOLEAN, arguments, row -> patterns.matches(row.text(0), row.text(1)) ? 1 : 0);
    }

    private static void positions(Functions into) {
        into.texts(
                "charAt",
                "s.charAt(i)",
                List.of(STRING, LONG),
                OUTSIDE,
                row -> Texts.charAt(row.text(0), row.number(1)));
        into.longs(
                "indexOf",
                "s.indexOf(t)",
                TWO,
                LONG,
                "-1 if there is none",
                row -> Texts.indexOf(row.text(0), row.text(1)));
        into.longs(
                "indexOf",
                "s.indexOf(t, from)",
                TWO_FROM,
                LONG,
                OUTSIDE,
                row -> Texts.indexOf(row.text(0), row.text(1), row.number(2)));
        into.longs(
                "lastIndexOf",
                "s.lastIndexOf(t)",
                TWO,
                LONG,
                "-1 if there is none",
                row -> Texts.lastIndexOf(row.text(0), row.text(1)));
        into.longs(
                "lastIndexOf",
                "s.lastIndexOf(t, from)",
                TWO_FROM,
                LONG,
                OUTSIDE,
                row -> Texts.lastIndexOf(row.text(0), row.text(1), row.number(2)));
    }

    private static void parts(Functions into) {
        into.texts(
                "substring",
                "s.substring(from)",
                List.of(STRING, LONG),
                OUTSIDE,
                row -> Texts.substring(row.text(0), row.number(1)));
        into.texts(
                "substring",
                "s.substring(from, to)",
                List.of(STRING, LONG, LONG),
                OUTSIDE,
                row -> Texts.substring(row.text(0), row.number(1), row.number(2)));
    }

    private static void changes(Functions into) {
        String tooLong = "fails if longer than 2^20";
        into.texts(
                "replace",
                "s.replace(t, u)",
                THREE,
                tooLong,
                row -> Texts.replace(row.text(0), row.text(1), row.text(2)));
        into.texts(
                "replace",
                "s.replace(t, u, most)",
                List.of(STRING, STRING, STRING, LONG),
                tooLong,
                row -> Texts.replace(row.text(0), row.text(1), row.text(2), row.number(3)));
        into.texts("lowerAscii", "s.lowerAscii()", ONE, "A to Z only", row -> Texts.lowerAscii(row.text(0)));
        into.texts("upperAscii", "s.upperAscii()", ONE, "a to z only", row -> Texts.upperAscii(row.text(0)));
        into.texts("trim", "s.trim()", ONE, "Unicode white space", row -> Texts.trim(row.text(0)));
        into.texts("reverse", "s.reverse()", ONE, "", row -> Texts.reverse(row.text(0)));
        into.texts("strings.quote", "strings.quote(s)", ONE, "", row -> Texts.quote(row.text(0)));
    }
}
