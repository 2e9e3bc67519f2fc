package io.strandline.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.StateSchema;
import io.strandline.state.SnapshotReader.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryWordsTests {

    private static final List<Column> ORIGIN = List.of(new Column("origin", ColumnType.STRING));

    @Test
    void saysEachTypeAsPeopleWriteIt() {
        StateSchema schema = keyed(
                new Column("long", ColumnType.LONG),
                new Column("double", ColumnType.DOUBLE),
                new Column("infinite", ColumnType.DOUBLE),
                new Column("boolean", ColumnType.BOOLEAN),
                new Column("at", ColumnType.TIMESTAMP),
                new Column("lasting", ColumnType.DURATION));
        List<Object> value = List.of(Long.MAX_VALUE, 2.5, Double.NEGATIVE_INFINITY, 1L, 1_785_585_600_000L, 1500L);

        assertThat(EntryWords.value(schema, new Entry(0, List.of("DFW"), 0, value)))
                .containsExactly(
                        entry("long", Long.MAX_VALUE),
                        entry("double", 2.5),
                        entry("infinite", "-Infinity"),
                        entry("boolean", true),
                        entry("at", Instant.parse("2026-08-01T12:00:00Z")),
                        entry("lasting", Duration.ofMillis(1500)));
    }

    @Test
    void leavesOutWhatAnOperatorKeepsForItself() {
        StateSchema schema = keyed(
                new Column("mean", ColumnType.DOUBLE),
                new Column("mean~sum", ColumnType.LONG),
                new Column("mean~count", ColumnType.LONG));

        assertThat(EntryWords.value(schema, new Entry(0, List.of("DFW"), 0, List.of(2.5, 5L, 2L))))
                .containsExactly(entry("mean", 2.5));
    }

    @Test
    void saysWhenATimerIsDue() {
        StateSchema timers = new StateSchema("timers", StateSchema.Form.TIMERS, ORIGIN, true, List.of());

        assertThat(EntryWords.value(timers, new Entry(0, List.of("DFW"), 0, List.of(1_785_585_600_000L))))
                .containsExactly(entry("time", Instant.parse("2026-08-01T12:00:00Z")));
    }

    @Test
    void saysAKeyOfSeveralColumnsAsAnArray() {
        StateSchema schema = new StateSchema(
                "s",
                StateSchema.Form.KEYED,
                List.of(new Column("origin", ColumnType.STRING), new Column("late", ColumnType.BOOLEAN)),
                false,
                List.of());

        assertThat(EntryWords.key(schema, List.of("DFW", 0L))).isEqualTo(List.of("DFW", false));
        assertThat(EntryWords.key(keyed(), List.of("DFW"))).isEqualTo("DFW");
    }

    private static StateSchema keyed(Column... value) {
        return new StateSchema("s", StateSchema.Form.KEYED, ORIGIN, false, List.of(value));
    }
}
