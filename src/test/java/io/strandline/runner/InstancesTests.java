package io.strandline.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.strandline.snapshot.StateSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class InstancesTests {

    private static final BranchRef MAIN = new BranchRef("job", "main");

    private final Instances instances = new Instances();

    @Test
    void findsNoneAndAwaitsNoneWhereNothingRuns() {
        assertThat(instances.on(MAIN)).isEmpty();
        assertThat(instances.awaited(MAIN)).isCompletedWithValue(Optional.empty());
    }

    @Test
    void letsWhoAsksWaitForTheOneAnnounced() {
        instances.announce(MAIN);
        CompletableFuture<Optional<RunningInstance>> awaited = instances.awaited(MAIN);
        assertThat(awaited).isNotDone();

        FakeInstance instance = new FakeInstance(MAIN);
        instances.register(instance);

        assertThat(awaited).isCompletedWithValue(Optional.of(instance));
    }

    @Test
    void saysThatNoneComesAfterAll() {
        instances.announce(MAIN);
        CompletableFuture<Optional<RunningInstance>> awaited = instances.awaited(MAIN);

        instances.retract(MAIN);

        assertThat(awaited).isCompletedWithValue(Optional.empty());
    }

    @Test
    void refusesASecondOneOnABranch() {
        instances.register(new FakeInstance(MAIN));

        assertThatThrownBy(() -> instances.register(new FakeInstance(MAIN)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("main");
    }

    @Test
    void keepsTheSuccessorWhenThePredecessorIsRemovedLate() {
        FakeInstance first = new FakeInstance(MAIN);
        FakeInstance second = new FakeInstance(MAIN);
        instances.register(first);
        instances.remove(first);
        instances.register(second);

        instances.remove(first);

        assertThat(instances.on(MAIN)).contains(second);
    }

    /** An instance that is there and does nothing. */
    private record FakeInstance(InstanceSpec spec, Object identity) implements RunningInstance {

        FakeInstance(BranchRef on) {
            this(new InstanceSpec("id", on, "job", 1, "{}", 1, null, null, null, List.of(), Map.of()), new Object());
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public String backend() {
            return "memory";
        }

        @Override
        public CompletableFuture<CheckpointOutcome> checkpoint(CheckpointRequest request) {
            return CompletableFuture.completedFuture(new CheckpointOutcome.Declined("it does nothing"));
        }

        @Override
        public CompletableFuture<CheckpointOutcome> drain() {
            return CompletableFuture.completedFuture(new CheckpointOutcome.Declined("it does nothing"));
        }

        @Override
        public CompletableFuture<Void> cancel() {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public Map<String, List<StateSchema>> states() {
            return Map.of();
        }

        @Override
        public CompletableFuture<Optional<List<LiveEntry>>> look(String operator, String state, List<Object> key) {
            return CompletableFuture.completedFuture(Optional.empty());
        }

        @Override
        public InstanceMetrics metrics() {
            return InstanceMetrics.none();
        }
    }
}
