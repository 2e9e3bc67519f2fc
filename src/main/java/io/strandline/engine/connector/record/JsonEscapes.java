package io.strandline.engine.connector.record;

import java.nio.charset.StandardCharsets;

/** JSON's string escapes, both ways. */
final class JsonEscapes {

    private static final String HEX = "0123456789abcdef";

    private JsonEscapes() {}

    /** The text of a string's bytes between its quotes. */
    static String decode(byte[] bytes, int from, int to) throws RecordFormatException {
        String raw = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(raw.length());
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at);
            if (c != '\\') {
                text.append(c);
                at++;
            } else if (raw.charAt(at + 1) == 'u') {
                text.append(unicode(raw, at + 2));
                at += 6;
            } else {
                text.append(single(raw.charAt(at + 1)));
                at += 2;
            }
        }
        return text.toString();
    }

    private static char unicode(String raw, int from) throws RecordFormatException {
        if (from + 4 > raw.length()) {
            throw new RecordFormatException("not a JSON object: \\u without four digits");
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(raw.charAt(i), 16);
            if (digit < 0) {
                throw new RecordFormatException("not a JSON object: \\u" + raw.substring(from, from + 4));
            }
            value = value * 16 + digit;
        }
        return (char) value;
    }

    private static char single(char escape) throws RecordFormatException {
        return switch (escape) {
            case '"', '\\', '/' -> escape;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new RecordFormatException("not a JSON object: \\" + escape + " is no escape");
        };
    }

    /** Appends text as a JSON string, with its quotes. */
    static void append(String text, StringBuilder into) {
        into.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                into.append('\\').append(c);
            } else if (c < ' ') {
                into.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            } else {
                into.append(c);
            }
        }
        into.append('"');
    }
}
