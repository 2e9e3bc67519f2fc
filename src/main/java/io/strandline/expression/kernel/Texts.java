package io.strandline.expression.kernel;

import static io.strandline.expression.ValueType.BOOLEAN;
import static io.strandline.expression.ValueType.DOUBLE;
import static io.strandline.expression.ValueType.LONG;
import static io.strandline.expression.ValueType.STRING;

import io.strandline.expression.ValueType;
import java.util.List;

/**
 * Functions of strings. Positions and lengths count Unicode code points, as CEL's do. No result is longer than
 * {@value #MAX_LENGTH} characters.
 */
public final class Texts {

    /** Longest text that is put together, in characters (UTF-16 units). */
    public static final int MAX_LENGTH = 1 << 20;

    private static final List<ValueType> ONE = List.of(STRING);
    private static final List<ValueType> TWO = List.of(STRING, STRING);
    private static final List<ValueType> THREE = List.of(STRING, STRING, STRING);
    private static final List<ValueType> TWO_FROM = List.of(STRING, STRING, LONG);
    private static final String OUTSIDE = "positions from 0; fails outside the text";

    private Texts() {}

    static void define(Functions into) {
        conversions(into);
        tests(into);
        positions(into);
        changes(into);
    }

    private static void conversions(Functions into) {
        into.add("string", "string(a)", ONE, STRING, "", a -> a.get(0));
        into.texts("string", "string(a)", List.of(LONG), "", row -> Long.toString(row.number(0)));
        into.texts("string", "string(a)", List.of(DOUBLE), "", row -> Double.toString(row.real(0)));
        into.texts("string", "string(a)", List.of(BOOLEAN), "", row -> row.number(0) != 0 ? "true" : "false");
    }

    private static void tests(Functions into) {
        into.longs("size", "size(s)", ONE, LONG, "in code points; also `s.size()`", row -> size(row.text(0)));
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
        into.add("matches", "s.matches(pattern)", TWO, BOOLEAN, pattern, Texts::matches);
    }

    private static Kernel matches(List<Kernel> arguments) {
        Patterns patterns = new Patterns();
        if (arguments.get(1).constant() instanceof String literal) {
            patterns.matches("", literal);
        }
        return RowWise.longs(BOOLEAN, arguments, row -> patterns.matches(row.text(0), row.text(1)) ? 1 : 0);
    }

    private static void positions(Functions into) {
        into.texts("charAt", "s.charAt(i)", List.of(STRING, LONG), OUTSIDE, row -> charAt(row.text(0), row.number(1)));
        into.longs(
                "indexOf", "s.indexOf(t)", TWO, LONG, "-1 if there is none", row -> indexOf(row.text(0), row.text(1)));
        into.longs(
                "indexOf",
                "s.indexOf(t, from)",
                TWO_FROM,
                LONG,
                OUTSIDE,
                row -> indexOf(row.text(0), row.text(1), row.number(2)));
        into.longs(
                "lastIndexOf",
                "s.lastIndexOf(t)",
                TWO,
                LONG,
                "-1 if there is none",
                row -> lastIndexOf(row.text(0), row.text(1)));
        into.longs(
                "lastIndexOf",
                "s.lastIndexOf(t, from)",
                TWO_FROM,
                LONG,
                OUTSIDE,
                row -> lastIndexOf(row.text(0), row.text(1), row.number(2)));
        into.texts(
                "substring",
                "s.substring(from)",
                List.of(STRING, LONG),
                OUTSIDE,
                row -> substring(row.text(0), row.number(1)));
        into.texts(
                "substring",
                "s.substring(from, to)",
                List.of(STRING, LONG, LONG),
                OUTSIDE,
                row -> substring(row.text(0), row.number(1), row.number(2)));
    }

    private static void changes(Functions into) {
        String tooLong = "fails if longer than 2^20";
        into.texts("replace", "s.replace(t, u)", THREE, tooLong, row -> replace(row.text(0), row.text(1), row.text(2)));
        into.texts(
                "replace",
                "s.replace(t, u, most)",
                List.of(STRING, STRING, STRING, LONG),
                tooLong,
                row -> replace(row.text(0), row.text(1), row.text(2), row.number(3)));
        into.texts("lowerAscii", "s.lowerAscii()", ONE, "A to Z only", row -> lowerAscii(row.text(0)));
        into.texts("upperAscii", "s.upperAscii()", ONE, "a to z only", row -> upperAscii(row.text(0)));
        into.texts("trim", "s.trim()", ONE, "Unicode white space", row -> trim(row.text(0)));
        into.texts("reverse", "s.reverse()", ONE, "", row -> reverse(row.text(0)));
        into.texts("strings.quote", "strings.quote(s)", ONE, "", row -> quote(row.text(0)));
    }

    static long size(String text) {
        return text.codePointCount(0, text.length());
    }

    static String concatenate(String left, String right) {
        checkLength((long) left.length() + right.length());
        return left.concat(right);
    }

    /** The character at a position; nothing at the end. */
    static String charAt(String text, long position) {
        int from = unit(text, position);
        return from == text.length() ? "" : text.substring(from, text.offsetByCodePoints(from, 1));
    }

    /** Position of the first occurrence, or -1. */
    public static long indexOf(String text, String sought) {
        return position(text, text.indexOf(sought));
    }

    /** Position of the first occurrence at or behind a position of the text, or -1. */
    public static long indexOf(String text, String sought, long from) {
        if (sought.isEmpty()) {
            return checkCount(from);
        }
        return position(text, text.indexOf(sought, unitBeforeEnd(text, from)));
    }

    /** Position of the last occurrence, or -1. */
    static long lastIndexOf(String text, String sought) {
        return position(text, text.lastIndexOf(sought));
    }

    /** Position of the last occurrence at or before a position of the text, or -1. */
    static long lastIndexOf(String text, String sought, long from) {
        return sought.isEmpty() ? from : position(text, text.lastIndexOf(sought, unitBeforeEnd(text, from)));
    }

    static String substring(String text, long from) {
        return text.substring(unit(text, from));
    }

    static String substring(String text, long from, long to) {
        int begin = unit(text, from);
        int end = unit(text, to);
        if (begin > end) {
            throw new IllegalArgumentException("from " + from + " to " + to + " is no part of a text");
        }
        return text.substring(begin, end);
    }

    /** Lower-cases A to Z and leaves all else. */
    static String lowerAscii(String text) {
        return shiftAscii(text, 'A', 'Z', 'a' - 'A');
    }

    /** Upper-cases a to z and leaves all else. */
    static String upperAscii(String text) {
        return shiftAscii(text, 'a', 'z', 'A' - 'a');
    }

    private static String shiftAscii(String text, char first, char last, int by) {
        int at = 0;
        while (at < text.length() && (text.charAt(at) < first || text.charAt(at) > last)) {
            at++;
        }
        if (at == text.length()) {
            return text;
        }
        char[] shifted = text.toCharArray();
        for (; at < shifted.length; at++) {
            if (shifted[at] >= first && shifted[at] <= last) {
                shifted[at] += (char) by;
            }
        }
        return new String(shifted);
    }

    /** Without the white space (by Unicode's property) on either side. */
    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isWhiteSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isWhiteSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isWhiteSpace(char c) {
        return switch (c) {
            case ' ', '\t', '\n', 0x0B, '\f', '\r', 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> c >= 0x2000 && c <= 0x200A;
        };
    }

    static String reverse(String text) {
        return new StringBuilder(text).reverse().toString();
    }

    /** With every occurrence replaced; an empty one is before each character and at the end. */
    public static String replace(String text, String sought, String replacement) {
        return replace(text, sought, replacement, -1);
    }

    /** With the first occurrences replaced, up to a limit; all of them below zero. */
    public static String replace(String text, String sought, String replacement, long limit) {
        long left = checkCount(limit);
        int match = text.indexOf(sought);
        if (match < 0 || left == 0 || sought.equals(replacement)) {
            return text;
        }
        StringBuilder replaced = new StringBuilder(text.length());
        int copied = 0;
        while (match >= 0 && left-- != 0) {
            checkLength((long) replaced.length() + (match - copied) + replacement.length());
            replaced.append(text, copied, match).append(replacement);
            copied = match + sought.length();
            match = next(text, sought, copied);
        }
        checkLength((long) replaced.length() + text.length() - copied);
        return replaced.append(text, copied, text.length()).toString();
    }

    /** Where the next occurrence begins; an empty one is a character further on. */
    private static int next(String text, String sought, int from) {
        if (!sought.isEmpty()) {
            return text.indexOf(sought, from);
        }
        return from == text.length() ? -1 : text.offsetByCodePoints(from, 1);
    }

    /** The parts one after another with a separator between them. */
    public static String join(Iterable<?> parts, String separator) {
        StringBuilder joined = new StringBuilder();
        String between = "";
        for (Object part : parts) {
            String text = part.toString();
            checkLength((long) joined.length() + between.length() + text.length());
            joined.append(between).append(text);
            between = separator;
        }
        return joined.toString();
    }

    /** In double quotes, with what does not print escaped. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            switch (c) {
                case 0x07 -> quoted.append("\\a");
                case '\b' -> quoted.append("\\b");
                case '\f' -> quoted.append("\\f");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                case 0x0B -> quoted.append("\\v");
                case '\\' -> quoted.append("\\\\");
                case '"' -> quoted.append("\\\"");
                default -> quoted.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xFFFD : c);
            }
        });
        return quoted.append('"').toString();
    }

    private static long position(String text, int unit) {
        return unit < 0 ? -1 : text.codePointCount(0, unit);
    }

    /** Where the character at a position begins; the end counts as one. */
    private static int unit(String text, long position) {
        if (position < 0 || position > text.length() || position > size(text)) {
            throw new IllegalArgumentException("position " + position + " is outside a text of " + size(text));
        }
        return text.offsetByCodePoints(0, (int) position);
    }

    private static int unitBeforeEnd(String text, long position) {
        int unit = unit(text, position);
        if (unit == text.length()) {
            throw new IllegalArgumentException("position " + position + " is behind a text of " + size(text));
        }
        return unit;
    }

    /** CEL counts texts in 32 bits. */
    private static long checkCount(long count) {
        if (count != (int) count) {
            throw new IllegalArgumentException(count + " is no count of characters");
        }
        return count;
    }

    private static void checkLength(long length) {
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a text of " + length + " characters; at most " + MAX_LENGTH + " are put together");
        }
    }
}
