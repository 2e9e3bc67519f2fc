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
    private final RecentHistories recent = new RecentHistories(fixture.judgements(), job -> change.get(), 5);

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
    void forgetsTheJobThatWasAskedForLongestAgoOnceThereAreTooManyVersions() {
        PolicyBook book = fixture.policies().book();
        JobHistory oldest = recent.of(jobOfTwo("oldest"), book);
        JobHistory newer = recent.of(jobOfTwo("newer"), book);
        assertThat(recent.of(oldest.jobId(), book)).isSameAs(oldest);
        JobHistory newest = recent.of(jobOfTwo("newest"), book);

        assertThat(recent.of(oldest.jobId(), book)).isSameAs(oldest);
        assertThat(recent.of(newest.jobId(), book)).isSameAs(newest);
        assertThat(recent.of(newer.jobId(), book)).isNotSameAs(newer);
    }

    @Test
    void countsAJobThatIsReadAgainOnce() {
        PolicyBook book = fixture.policies().book();
        JobHistory first = recent.of(jobOfTwo("first"), book);
        change.incrementAndGet();
        JobHistory again = recent.of(first.jobId(), book);
        assertThat(again).isNotSameAs(first);
        recent.of(jobOfTwo("second"), book);

        assertThat(recent.of(first.jobId(), book)).isSameAs(again);
    }

    private String jobOfTwo(String name) {
        Job job = world.addJob(name);
        world.addVersion(job, 1, SnapshotKind.PERIODIC, clock.instant());
        world.addVersion(job, 2, SnapshotKind.PERIODIC, clock.instant());
        return job.id();
    }
}
