package io.strandline.retention.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Job;
import io.strandline.retention.MemoryWorld;
import io.strandline.retention.SettableClock;
import io.strandline.snapshot.SnapshotKind;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A history is remembered until something changes. */
class RecentHistoriesTests {

    private final SettableClock clock = new SettableClock();
    private final MemoryWorld world = new MemoryWorld(clock);
    private final PolicyFixture fixture = new PolicyFixture(world, clock);
    private final AtomicLong change = new AtomicLong(1);
    private final RecentHistories recent = new RecentHistories(fixture.judgements(), job -> change.get());

    @Test
    void readsAJobAgainOnlyOnceItHasChanged() {
        Job job = world.addJob("flights");
        world.addVersion(job, 1, SnapshotKind.PERIODIC, clock.instant());
        PolicyBook book = fixture.policies().book();
        JobHistory first = recent.of(job.id(), book);
        world.addVersion(job, 2, SnapshotKind.PERIODIC, clock.instant());

        assertThat(recent.of(job.id(), book)).isSameAs(first);
        change.incrementAndGet();
        assertThat(recent.of(job.id(), book).outlines()).hasSize(2);
    }

    @Test
    void forgetsTheJobThatWasAskedForLongestAgo() {
        PolicyBook book = fixture.policies().book();
        String oldest = world.addJob("oldest").id();
        JobHistory first = recent.of(oldest, book);
        for (int i = 0; i < 8; i++) {
            recent.of(world.addJob("newer-" + i).id(), book);
        }

        assertThat(recent.of(oldest, book)).isNotSameAs(first);
    }
}
