package io.strandline.engine.connector.record;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Walks the tokens of one JSON text in a byte array, without making objects of what nobody asks for. */
final class JsonScanner {

    private static final int DEEPEST = 64;

    private byte[] bytes = new byte[0];
    private int first;
    private int at;
    private int end;
    private int tokenFrom;
    private int tokenTo;
    private boolean escaped;
    private long integer;

    void start(byte[] text, int from, int to) {
        bytes = text;
        first = from;
        at = from;
        end = to;
    }

    /** Where in the bytes the next token begins, white space aside. */
    int position() {
        peek();
        return at;
    }

    /** Where the last token ended. */
    int end() {
        return at;
    }

    /** The next character that is not white space, without taking it; 0 at the end. */
    int peek() {
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
            at++;
        }
        return at < end ? bytes[at] : 0;
    }

    boolean accept(char wanted) {
        if (peek() != wanted) {
            return false;
        }
        at++;
        return true;
    }

    void expect(char wanted) throws RecordFormatException {
        if (!accept(wanted)) {
            throw unexpected("'" + wanted + "'");
        }
    }

    void expectEnd() throws RecordFormatException {
        if (peek() != 0 || at < end) {
            throw unexpected("the end of the record");
        }
    }

    void expectWord(String word) throws RecordFormatException {
        peek();
        for (int i = 0; i < word.length(); i++, at++) {
            if (at >= end || bytes[at] != word.charAt(i)) {
                throw unexpected(word);
            }
        }
    }

    /** Takes a string; {@link #string} and {@link #stringIs} tell which. */
    void readString() throws RecordFormatException {
        expect('"');
        tokenFrom = at;
        escaped = false;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] >= 0 && bytes[at] < ' ') {
                throw unexpected("no control character in a string");
            }
            if (bytes[at] == '\\') {
                escaped = true;
                at++;
            }
            at++;
        }
        if (at >= end) {
            at = end;
            throw unexpected("the end of a string");
        }
        tokenTo = at++;
    }

    /** The last token as text. */
    String string() throws RecordFormatException {
        if (escaped) {
            return JsonEscapes.decode(bytes, tokenFrom, tokenTo);
        }
        return new String(bytes, tokenFrom, tokenTo - tokenFrom, StandardCharsets.UTF_8);
    }

    /** Whether the last string is {@code utf8}. */
    boolean stringIs(byte[] utf8) throws RecordFormatException {
        if (escaped) {
            return Arrays.equals(string().getBytes(StandardCharsets.UTF_8), utf8);
        }
        return Arrays.equals(bytes, tokenFrom, tokenTo, utf8, 0, utf8.length);
    }

    /** Takes a number; true when {@link #integer} has it, false when only its text does (a fraction, an exponent, too long). */
    boolean readNumber() throws RecordFormatException {
        peek();
        tokenFrom = at;
        escaped = false;
        boolean negative = at < end && bytes[at] == '-';
        if (negative) {
            at++;
        }
        int digits = digits();
        if (digits > 1 && bytes[at - digits] == '0') {
            throw unexpected("no leading zero");
        }
        boolean whole = !fraction() & !exponent();
        tokenTo = at;
        if (!whole || digits > 18) {
            return false;
        }
        long value = 0;
        for (int i = at - digits; i < at; i++) {
            value = value * 10 + (bytes[i] - '0');
        }
        integer = negative ? -value : value;
        return true;
    }

    long integer() {
        return integer;
    }

    /** Takes any value, however deep (up to a bound). */
    void skipValue() throws RecordFormatException {
        skipValue(0);
    }

    private void skipValue(int depth) throws RecordFormatException {
        if (depth > DEEPEST) {
            throw new RecordFormatException("values are nested more than " + DEEPEST + " deep");
        }
        switch (peek()) {
            case '"' -> readString();
            case '{' -> skipObject(depth);
            case '[' -> skipArray(depth);
            case 't' -> expectWord("true");
            case 'f' -> expectWord("false");
            case 'n' -> expectWord("null");
            default -> readNumber();
        }
    }

    private void skipObject(int depth) throws RecordFormatException {
        expect('{');
        if (accept('}')) {
            return;
        }
        do {
            readString();
            expect(':');
            skipValue(depth + 1);
        } while (accept(','));
        expect('}');
    }

    private void skipArray(int depth) throws RecordFormatException {
        expect('[');
        if (accept(']')) {
            return;
        }
        do {
            skipValue(depth + 1);
        } while (accept(','));
        expect(']');
    }

    private int digits() throws RecordFormatException {
        int from = at;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        if (at == from) {
            throw unexpected("a value");
        }
        return at - from;
    }

    private boolean fraction() throws RecordFormatException {
        if (at >= end || bytes[at] != '.') {
            return false;
        }
        at++;
        digits();
        return true;
    }

    private boolean exponent() throws RecordFormatException {
        if (at >= end || (bytes[at] != 'e' && bytes[at] != 'E')) {
            return false;
        }
        at++;
        if (at < end && (bytes[at] == '+' || bytes[at] == '-')) {
            at++;
        }
        digits();
        return true;
    }

    private RecordFormatException unexpected(String wanted) {
        String found = at < end ? "'" + (char) (bytes[at] & 0xff) + "'" : "the end of the line";
        return new RecordFormatException(
                "not a JSON object: " + found + " at column " + (at - first + 1) + " where " + wanted + " is expected");
    }
}
