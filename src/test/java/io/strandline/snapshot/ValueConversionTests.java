package io.strandline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.ValueConversion.Added;
import io.strandline.snapshot.ValueConversion.Empty;
import io.strandline.snapshot.ValueConversion.Stored;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueConversionTests {

    private static final Column A = new Column("a", ColumnType.LONG);
    private static final Column WIDE_A = new Column("a", ColumnType.DOUBLE);
    private static final Column B = new Column("b", ColumnType.LONG);
    private static final Column WIDE_B = new Column("b", ColumnType.DOUBLE);
    private static final Column TEXT = new Column("text", ColumnType.STRING);

    @Test
    void followsAColumnThroughSeveralChanges() {
        ValueConversion first = conversion(List.of(A, TEXT), List.of(B, A), 7, 0);
        ValueConversion second = first.then(SchemaEvolution.between(keyed(B, A), keyed(WIDE_A, WIDE_B)), new long[2]);

        assertThat(first.columns()).containsExactly(new Added(7), new Stored(0, false));
        assertThat(second.stored()).containsExactly(ColumnType.LONG, ColumnType.STRING);
        assertThat(second.columns()).containsExactly(new Stored(0, true), new Added(Double.doubleToRawLongBits(7.0)));
    }

    @Test
    void forgetsAColumnThatWasDroppedAndAddedAgain() {
        ValueConversion dropped = conversion(List.of(A, B), List.of(A));
        ValueConversion again = dropped.then(SchemaEvolution.between(keyed(A), keyed(A, B)), new long[] {0, 5});

        assertThat(again.columns()).containsExactly(new Stored(0, false), new Added(5));
    }

    @Test
    void startsAddedTextEmpty() {
        assertThat(conversion(List.of(A), List.of(TEXT, A), 99, 0).columns())
                .containsExactly(new Empty(), new Stored(0, false));
    }

    @Test
    void isReadFromItsText() {
        ValueConversion conversion =
                conversion(List.of(A, TEXT, B), List.of(WIDE_B, TEXT, new Column("c", ColumnType.LONG)), 0, 0, -3);

        assertThat(conversion.toText()).isEqualTo("LONG,STRING,LONG;w2,1,a-3");
        assertThat(ValueConversion.parse(conversion.toText())).isEqualTo(conversion);
        ValueConversion none = ValueConversion.none(List.of());
        assertThat(ValueConversion.parse(none.toText())).isEqualTo(none);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "LONG", "LONG;1", "LONG;-1", "LONG;w", "LONG;,0", "LONGER;0", "LONG;a", "LONG;x1"})
    void isNotReadFromAnythingElse(String text) {
        assertThatThrownBy(() -> ValueConversion.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ValueConversion conversion(List<Column> stored, List<Column> declared, long... initial) {
        SchemaEvolution evolution =
                SchemaEvolution.between(keyed(stored.toArray(Column[]::new)), keyed(declared.toArray(Column[]::new)));
        long[] words = initial.length == 0 ? new long[declared.size()] : initial;
        return ValueConversion.none(stored).then(evolution, words);
    }

    private static StateSchema keyed(Column... value) {
        return new StateSchema("s", StateSchema.Form.KEYED, List.of(B), false, List.of(value));
    }
}
