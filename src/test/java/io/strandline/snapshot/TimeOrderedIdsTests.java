package io.strandline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeOrderedIdsTests {

    private final SettableClock clock = new SettableClock();
    private final TimeOrderedIds ids = new TimeOrderedIds(clock, new Random(1));

    @Test
    void makesVersionSevenWithTheTimeInFront() {
        clock.now = Instant.ofEpochMilli(0x0199_0f3c_5a00L);

        SnapshotId id = ids.nextSnapshotId();

        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.toString()).startsWith("01990f3c-5a00-7");
    }

    @Test
    void growsWithinAMillisecondAndWhenTheClockStepsBack() {
        SnapshotId last = ids.nextSnapshotId();
        for (int round = 0; round < 20_000; round++) {
            clock.now = clock.now.plusMillis(round % 1000 == 0 ? -5 : 0);
            SnapshotId next = ids.nextSnapshotId();

            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    @Test
    void readsOnlyTheCanonicalForm() {
        SnapshotId id = ids.nextSnapshotId();

        assertThat(SnapshotId.parse(id.toString())).isEqualTo(id);
        assertThatIllegalArgumentException().isThrownBy(() -> SnapshotId.parse("1-2-3-4-5"));
        assertThatIllegalArgumentException().isThrownBy(() -> SnapshotId.parse("42"));
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.parse("2026-08-01T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
