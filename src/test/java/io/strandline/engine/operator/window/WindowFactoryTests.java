package io.strandline.engine.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.engine.element.RowType;
import io.strandline.engine.operator.aggregate.Aggregate;
import io.strandline.snapshot.Column;
import io.strandline.snapshot.ColumnType;
import io.strandline.snapshot.SchemaEvolution;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which panes a window can take over from a version. */
class WindowFactoryTests {

    private static final RowType ROWS = new RowType(List.of(new Column("key", ColumnType.LONG)));
    private static final WindowShape HOURS = WindowShape.tumbling(Duration.ofHours(1));

    @Test
    void takesPanesOverWhateverTheLateness() {
        assertThat(evolution(HOURS, Duration.ZERO, HOURS, Duration.ofDays(1)).unchanged())
                .isTrue();
    }

    @Test
    void refusesPanesOfAnotherShape() {
        WindowShape sliding = new WindowShape.Sliding(Duration.ofHours(1), Duration.ofMinutes(5));
        WindowShape session = new WindowShape.Session(Duration.ofHours(1));
        WindowShape longer = new WindowShape.Session(Duration.ofHours(2));

        assertThat(evolution(HOURS, Duration.ZERO, sliding, Duration.ZERO).explanation())
                .contains("kept with [~rows, PT1H each PT1H] and would be with [~rows, PT1H each PT5M] now");
        assertThat(evolution(HOURS, Duration.ZERO, session, Duration.ZERO).compatible())
                .isFalse();
        assertThat(evolution(session, Duration.ZERO, longer, Duration.ZERO).compatible())
                .isFalse();
    }

    @Test
    void refusesWindowsThatLeaveRowsOut() {
        assertThatThrownBy(() -> new WindowShape.Sliding(Duration.ofHours(1), Duration.ofHours(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new WindowShape.Session(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static SchemaEvolution evolution(WindowShape before, Duration lateness, WindowShape now, Duration allowed) {
        return SchemaEvolution.between(
                factory(before, lateness).panes(), factory(now, allowed).panes());
    }

    private static WindowFactory factory(WindowShape shape, Duration lateness) {
        return new WindowFactory(ROWS, List.of(0), List.of(Aggregate.count("n")), shape, lateness);
    }
}
