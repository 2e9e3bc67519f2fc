package io.strandline.expression.kernel;

/**
 * What is done to strings. Positions and lengths count Unicode code points, as CEL's do. No result is longer than
 * {@value #MAX_LENGTH} characters.
 */
public final class Texts {

    /** Longest text that is put together, in characters (UTF-16 units). */
    public static final int MAX_LENGTH = 1 << 20;

    private Texts() {}

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
