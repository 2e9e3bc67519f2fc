package io.strandline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.SchemaEvolution.Source;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTests {

    private static final List<Column> ORIGIN = List.of(new Column("origin", ColumnType.STRING));
    private static final Column COUNT = new Column("count", ColumnType.LONG);
    private static final Column DELAY = new Column("delay", ColumnType.LONG);
    private static final Column MEAN_DELAY = new Column("delay", ColumnType.DOUBLE);

    @Test
    void readsTheSameSchemaAsItIs() {
        SchemaEvolution evolution = SchemaEvolution.between(keyed(COUNT, DELAY), keyed(COUNT, DELAY));

        assertThat(evolution.unchanged()).isTrue();
        assertThat(evolution.columns()).containsExactly(new Source(0, false), new Source(1, false));
        assertThat(evolution.explanation()).isEqualTo("stored as KEYED (origin STRING) -> (count LONG, delay LONG)");
    }

    @Test
    void takesAddedDroppedMovedAndWidenedColumns() {
        SchemaEvolution evolution = SchemaEvolution.between(
                keyed(COUNT, new Column("gone", ColumnType.BOOLEAN), DELAY),
                keyed(MEAN_DELAY, new Column("new", ColumnType.LONG), COUNT));

        assertThat(evolution.compatible()).isTrue();
        assertThat(evolution.unchanged()).isFalse();
        assertThat(evolution.columns())
                .containsExactly(new Source(2, true), new Source(Source.DEFAULT, false), new Source(0, false));
        assertThat(evolution.explanation())
                .startsWith("column delay is widened to DOUBLE, column new is new and starts with its default,"
                        + " column gone is dropped: stored as KEYED")
                .contains(", declared as KEYED");
    }

    @Test
    void refusesToNarrowOrRetype() {
        assertThat(SchemaEvolution.between(keyed(MEAN_DELAY), keyed(DELAY)).explanation())
                .isEqualTo("column delay was DOUBLE and is LONG now: stored as KEYED (origin STRING) -> (delay DOUBLE),"
                        + " declared as KEYED (origin STRING) -> (delay LONG)");
        assertThat(SchemaEvolution.between(keyed(DELAY), keyed(new Column("delay", ColumnType.STRING)))
                        .compatible())
                .isFalse();
    }

    @Test
    void refusesAnotherKeyFormOrWindow() {
        StateSchema other = new StateSchema(
                "s", StateSchema.Form.KEYED, List.of(new Column("dest", ColumnType.STRING)), false, List.of(COUNT));
        StateSchema windowed = new StateSchema("s", StateSchema.Form.KEYED, ORIGIN, true, List.of(COUNT));
        StateSchema timers = new StateSchema("s", StateSchema.Form.TIMERS, ORIGIN, false, List.of());

        assertThat(SchemaEvolution.between(keyed(COUNT), other).refusal()).isEqualTo("its key changed");
        assertThat(SchemaEvolution.between(keyed(COUNT), windowed).refusal())
                .isEqualTo("it had no windows and has them now");
        assertThat(SchemaEvolution.between(keyed(COUNT), timers).refusal()).isEqualTo("it was KEYED and is TIMERS now");
        assertThat(SchemaEvolution.between(keyed(COUNT), timers).columns()).isEmpty();
    }

    private static StateSchema keyed(Column... value) {
        return new StateSchema("s", StateSchema.Form.KEYED, ORIGIN, false, List.of(value));
    }
}
