package io.strandline.engine.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.task.TimeCounters.Spent;
import org.junit.jupiter.api.Test;

class TimeCountersTests {

    private static final long SECOND = 1_000_000_000L;

    private final TimeCounters counters = new TimeCounters(0);
    private long now;

    @Test
    void tellsWhatWasSpentInTheLastTenToTwentySecondsApartFromAllBefore() {
        spend(Progress.WORKED, 35);
        spend(Progress.BLOCKED, 30);

        assertThat(counters.spent()).isEqualTo(new Spent(35 * SECOND, 0, 30 * SECOND));
        assertThat(counters.recent()).isEqualTo(new Spent(0, 0, 15 * SECOND));
    }

    @Test
    void tellsAllThereIsBeforeTenSecondsAreOver() {
        spend(Progress.WORKED, 3);
        spend(Progress.IDLE, 4);

        assertThat(counters.recent()).isEqualTo(counters.spent()).isEqualTo(new Spent(3 * SECOND, 4 * SECOND, 0));
    }

    private void spend(Progress progress, int seconds) {
        for (int i = 0; i < seconds; i++) {
            counters.step(progress, now, now + SECOND);
            now += SECOND;
        }
    }
}
