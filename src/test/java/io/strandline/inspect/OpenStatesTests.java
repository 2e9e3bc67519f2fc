package io.strandline.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.catalog.Snapshot;
import io.strandline.storage.memory.MemorySnapshotStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OpenStatesTests {

    private final AtomicLong nanos = new AtomicLong();
    private final List<FakeReader> loaded = new ArrayList<>();
    private final OpenStates states = new OpenStates(
            (version, operator, state) -> {
                if (operator.equals("broken")) {
                    throw new IOException("broken");
                }
                FakeReader reader = new FakeReader();
                loaded.add(reader);
                return reader;
            },
            new InspectSettings(2, Duration.ofSeconds(10), Duration.ofSeconds(2)),
            nanos::get);
    private Snapshot[] versions = new Snapshot[0];

    @BeforeEach
    void commit() throws IOException {
        CommittedVersions committed = new CommittedVersions(new MemorySnapshotStore(1 << 20, Clock.systemUTC()));
        versions = new Snapshot[] {committed.commit(1, "a"), committed.commit(2, "b"), committed.commit(3, "c")};
    }

    @Test
    void opensAStateOnceForManyQuestions() throws IOException {
        ask(0);
        ask(0);

        assertThat(loaded).hasSize(1);
        assertThat(loaded.get(0).closed()).isFalse();
    }

    @Test
    void closesTheLeastRecentlyUsedBeyondTheLimit() throws IOException {
        ask(0);
        ask(1);
        ask(0);
        ask(2);

        assertThat(loaded).extracting(FakeReader::closed).containsExactly(false, true, false);
    }

    @Test
    void closesWhatHasBeenIdle() throws IOException {
        ask(0);
        nanos.addAndGet(Duration.ofSeconds(6).toNanos());
        ask(1);
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        states.closeIdle();

        assertThat(loaded).extracting(FakeReader::closed).containsExactly(true, false);
        ask(0);
        assertThat(loaded).hasSize(3);
    }

    @Test
    void closesNothingThatIsInUse() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> open = thread.submit(() -> states.ask(versions[0], "o", "s", reader -> {
                inside.countDown();
                await(leave);
                return ((FakeReader) reader).closed();
            }));
            assertThat(inside.await(10, TimeUnit.SECONDS)).isTrue();
            nanos.addAndGet(Duration.ofHours(1).toNanos());
            states.closeIdle();
            ask(1);
            ask(2);
            states.close();
            leave.countDown();

            assertThat(open.get(10, TimeUnit.SECONDS)).isFalse();
            assertThat(loaded).allMatch(FakeReader::closed);
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void triesAgainAfterAFailureToOpen() throws IOException {
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> states.ask(versions[0], "broken", "s", reader -> true))
                    .hasMessage("broken");
        }
        ask(0);
        assertThat(loaded).hasSize(1);
    }

    private void ask(int version) throws IOException {
        boolean closed = states.ask(versions[version], "o", "s", reader -> ((FakeReader) reader).closed());
        assertThat(closed).isFalse();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
