package io.strandline.inspect;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.Column.Shape;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the contents that the Java API's types write into columns of bytes, and says lists and records as JSON does. A map whose keys
 * are text becomes an object, any other a list of {@code {"key", "value"}}. Every value begins with a byte that says what it is, so
 * fields that the shape does not know are shown, too. What cannot be read so is shown in Base64.
 */
final class ContentWords {

    private static final char LONG = 'l';
    private static final char DOUBLE = 'd';
    private static final char STRING = 's';
    private static final char BYTES = 'b';
    private static final char LIST = '[';
    private static final char MAP = 'm';
    private static final char RECORD = '{';
    private static final Shape UNKNOWN = new Shape("", Map.of());

    private final ByteBuffer in;

    private ContentWords(byte[] bytes) {
        this.in = ByteBuffer.wrap(bytes);
    }

    /** The content of a column in words. */
    static Object of(Column column, byte[] bytes) {
        if (column.shape() != null) {
            try {
                return new ContentWords(bytes).whole(column.parsedShape());
            } catch (BufferUnderflowException | IllegalArgumentException | DateTimeException | ArithmeticException e) {
                return Base64.getEncoder().encodeToString(bytes);
            }
        }
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Nothing stands for an empty value; elements of a list that grows lie one behind the other, without their number. */
    private Object whole(Shape shape) {
        boolean list = shape.word().equals("list");
        if (!in.hasRemaining()) {
            return list ? List.of() : Map.of();
        }
        if (list && !isWholeList(shape)) {
            List<Object> elements = new ArrayList<>();
            while (in.hasRemaining()) {
                elements.add(value(part(shape, "0")));
            }
            return elements;
        }
        Object value = value(shape);
        if (in.hasRemaining()) {
            throw new IllegalArgumentException("there is more behind the value");
        }
        return value;
    }

    /** Where the elements are lists themselves, a list of them begins with a list within the list. */
    private boolean isWholeList(Shape shape) {
        if (in.get(0) != LIST) {
            return false;
        }
        if (!part(shape, "0").word().equals("list")) {
            return true;
        }
        int behindCount = 1;
        while (in.get(behindCount) < 0) {
            behindCount++;
        }
        behindCount++;
        return behindCount < in.limit() ? in.get(behindCount) == LIST : in.limit() == behindCount;
    }

    private Object value(Shape shape) {
        char tag = (char) in.get();
        return switch (tag) {
            case LONG -> number(shape, zigzag());
            case DOUBLE -> real(in.getDouble());
            case STRING -> text();
            case BYTES -> Base64.getEncoder().encodeToString(raw());
            case LIST -> list(shape);
            case MAP -> map(shape);
            case RECORD -> struct(shape);
            default -> throw new IllegalArgumentException("no value begins with " + (int) tag);
        };
    }

    private static Object number(Shape shape, long value) {
        return switch (shape.word()) {
            case "boolean" -> value != 0;
            case "timestamp" -> Instant.ofEpochMilli(value);
            case "duration" -> Duration.ofMillis(value);
            default -> value;
        };
    }

    private static Object real(double value) {
        return Double.isFinite(value) ? value : Double.toString(value);
    }

    private List<Object> list(Shape shape) {
        int count = count();
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(value(part(shape, "0")));
        }
        return list;
    }

    private Object map(Shape shape) {
        int count = count();
        boolean named = part(shape, "0").word().equals("string");
        Map<String, Object> object = new LinkedHashMap<>();
        List<Object> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Object key = value(part(shape, "0"));
            Object value = value(part(shape, "1"));
            if (named) {
                object.put((String) key, value);
            } else {
                pairs.add(Map.of("key", key, "value", value));
            }
        }
        return named ? object : pairs;
    }

    private Map<String, Object> struct(Shape shape) {
        int count = count();
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = text();
            fields.put(name, value(part(shape, name)));
        }
        return fields;
    }

    private static Shape part(Shape shape, String name) {
        @Nullable Shape part = shape.parts().get(name);
        return part == null ? UNKNOWN : part;
    }

    private String text() {
        return new String(raw(), StandardCharsets.UTF_8);
    }

    private byte[] raw() {
        byte[] bytes = new byte[count()];
        in.get(bytes);
        return bytes;
    }

    /** A number of bytes or values, of which each takes a byte at least. */
    private int count() {
        long count = varint();
        if (count < 0 || count > in.remaining()) {
            throw new IllegalArgumentException("there are fewer bytes than " + count);
        }
        return (int) count;
    }

    private long zigzag() {
        long raw = varint();
        return raw >>> 1 ^ -(raw & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }
}
