package io.strandline.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the values that a run stores become those of its state's schema, which changed since the run was written.
 *
 * @param stored the types of the stored value's columns, in order
 * @param columns for each column of the schema where its value comes from
 */
public record ValueConversion(List<ColumnType> stored, List<Origin> columns) {

    private static final String PARTS = ";";
    private static final String LIST = ",";

    public ValueConversion {
        stored = List.copyOf(stored);
        columns = List.copyOf(columns);
        for (Origin origin : columns) {
            if (origin instanceof Stored from && (from.column < 0 || from.column >= stored.size())) {
                throw new IllegalArgumentException(
                        "column %d of %d cannot be read".formatted(from.column, stored.size()));
            }
        }
    }

    /** Where a column's value comes from. */
    public sealed interface Origin {}

    /** A stored column, whose LONG becomes a DOUBLE if it is {@code widened}. */
    public record Stored(int column, boolean widened) implements Origin {}

    /** A column that was added: this word. */
    public record Added(long word) implements Origin {}

    /** A column of variable width that was added: nothing. */
    public record Empty() implements Origin {}

    /** Reads values of these columns as they are. */
    public static ValueConversion none(List<Column> value) {
        return new ValueConversion(
                value.stream().map(Column::type).toList(),
                IntStream.range(0, value.size())
                        .<Origin>mapToObj(index -> new Stored(index, false))
                        .toList());
    }

    /**
     * Goes on by another change of the schema.
     *
     * @param evolution from the schema that this converts to
     * @param initial the words that added columns start with, one a column of the declared schema
     */
    public ValueConversion then(SchemaEvolution evolution, long[] initial) {
        List<Origin> next = new ArrayList<>();
        for (int index = 0; index < evolution.columns().size(); index++) {
            SchemaEvolution.Source source = evolution.columns().get(index);
            if (source.column() != SchemaEvolution.Source.DEFAULT) {
                Origin before = columns.get(source.column());
                next.add(source.widened() ? widened(before) : before);
            } else if (evolution.declared().value().get(index).type().fixedWidth()) {
                next.add(new Added(initial[index]));
            } else {
                next.add(new Empty());
            }
        }
        return new ValueConversion(stored, next);
    }

    /** Whether values are read as they are. */
    public boolean unchanged() {
        return stored.size() == columns.size()
                && IntStream.range(0, stored.size())
                        .allMatch(index -> columns.get(index).equals(new Stored(index, false)));
    }

    /** In a line, such as {@code LONG,DOUBLE;1,w0,a42,e}: a stored column, a widened one, an added word and nothing. */
    public String toText() {
        return String.join(LIST, stored.stream().map(Enum::name).toList())
                + PARTS
                + String.join(
                        LIST, columns.stream().map(ValueConversion::toText).toList());
    }

    /**
     * Reads {@link #toText}.
     *
     * @throws IllegalArgumentException when it is none
     */
    public static ValueConversion parse(String text) {
        int split = text.indexOf(PARTS);
        if (split < 0) {
            throw new IllegalArgumentException("not a conversion: " + text);
        }
        return new ValueConversion(
                list(text.substring(0, split)).stream().map(ColumnType::valueOf).toList(),
                list(text.substring(split + 1)).stream()
                        .map(ValueConversion::parseOrigin)
                        .toList());
    }

    private static Origin widened(Origin origin) {
        if (origin instanceof Added added) {
            return new Added(Double.doubleToRawLongBits(added.word));
        }
        return origin instanceof Stored from ? new Stored(from.column, true) : origin;
    }

    private static String toText(Origin origin) {
        if (origin instanceof Added added) {
            return "a" + added.word;
        }
        return origin instanceof Stored from ? (from.widened ? "w" : "") + from.column : "e";
    }

    private static Origin parseOrigin(String text) {
        return switch (text.isEmpty() ? ' ' : text.charAt(0)) {
            case 'a' -> new Added(Long.parseLong(text.substring(1)));
            case 'e' -> new Empty();
            case 'w' -> new Stored(Integer.parseUnsignedInt(text.substring(1)), true);
            default -> new Stored(Integer.parseUnsignedInt(text), false);
        };
    }

    private static List<String> list(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(LIST, -1));
    }
}
