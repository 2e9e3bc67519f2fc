package io.strandline.snapshot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A named, typed column.
 *
 * @param name as pipelines and answers name it; with a tilde in it for a column that an operator keeps for itself
 * @param shape what its content is made of where the type does not say it, such as {@code list<{id:long,name:string}>} of BYTES
 *     or {@code int} of LONG; null when the type says it all
 */
public record Column(String name, ColumnType type, @Nullable String shape) {

    private static final char OWN = '~';

    /** A column whose type says it all. */
    public Column(String name, ColumnType type) {
        this(name, type, null);
    }

    /** Whether an operator keeps it for itself: no pipeline can name it, and no answer shows it. */
    public boolean isInternal() {
        return name.indexOf(OWN) >= 0;
    }

    /** The type, and the shape where there is one. */
    public String describe() {
        return shape == null ? type.name() : type + " " + shape;
    }

    /** What its content is made of. */
    public Shape parsedShape() {
        return new Parsing(shapeText()).shape();
    }

    /** Whether the content of this column, as it is stored, can be read as that of another one of the same type. */
    boolean readableAs(Column other) {
        return Objects.equals(shape, other.shape) || Shape.readable(parsedShape(), other.parsedShape());
    }

    private String shapeText() {
        return shape == null ? type.name().toLowerCase(Locale.ROOT) : shape;
    }

    /**
     * What a content is made of.
     *
     * @param word a scalar's name, {@code list}, {@code map}, or nothing for a record
     * @param parts element of a list, as {@code 0}; key and value of a map, as {@code 0} and {@code 1}; fields of a record
     */
    public record Shape(String word, Map<String, Shape> parts) {

        private static final List<String> NUMBERS = List.of("int", "long", "double");

        /** Numbers may become wider, fields of records come and go; all else has to be as it was. */
        static boolean readable(Shape stored, Shape declared) {
            if (!stored.word.equals(declared.word)) {
                int from = NUMBERS.indexOf(stored.word);
                return from >= 0 && from < NUMBERS.indexOf(declared.word);
            }
            if (stored.word.equals("map") && !Objects.equals(stored.parts.get("0"), declared.parts.get("0"))) {
                return false;
            }
            for (Map.Entry<String, Shape> part : declared.parts.entrySet()) {
                Shape before = stored.parts.get(part.getKey());
                if (before != null && !readable(before, part.getValue())) {
                    return false;
                }
            }
            return true;
        }
    }

    /** Reads a shape's text from left to right. */
    private static final class Parsing {

        private final String text;
        private int at;

        Parsing(String text) {
            this.text = text;
        }

        Shape shape() {
            if (take('{')) {
                return record();
            }
            String word = word();
            return new Shape(word, take('<') ? arguments() : Map.of());
        }

        private Shape record() {
            Map<String, Shape> fields = new LinkedHashMap<>();
            while (!take('}')) {
                String field = word();
                take(':');
                fields.put(field, shape());
                take(',');
            }
            return new Shape("", fields);
        }

        private Map<String, Shape> arguments() {
            List<Shape> arguments = new ArrayList<>();
            while (!take('>')) {
                arguments.add(shape());
                take(',');
            }
            Map<String, Shape> parts = new LinkedHashMap<>();
            arguments.forEach(argument -> parts.put(String.valueOf(parts.size()), argument));
            return parts;
        }

        private String word() {
            int from = at;
            while (at < text.length() && "{}<>:,".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(from, at);
        }

        private boolean take(char expected) {
            if (at >= text.length()) {
                return true;
            }
            boolean there = text.charAt(at) == expected;
            at += there ? 1 : 0;
            return there;
        }
    }
}
