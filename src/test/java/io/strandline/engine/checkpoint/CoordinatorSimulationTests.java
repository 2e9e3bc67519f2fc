package io.strandline.engine.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.engine.checkpoint.CheckpointSettings.Guarantee;
import io.strandline.engine.checkpoint.CheckpointSettings.Retry;
import io.strandline.snapshot.SnapshotKind;
import io.strandline.snapshot.SnapshotMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many random worlds, each named by its seed; and the same worlds with a bug planted, which have to be told apart. */
class CoordinatorSimulationTests {

    private static final int SEEDS = Integer.getInteger("strandline.simulation.seeds", 1_000);
    private static final int PLANTED_SEEDS = 100;
    private static final long MILLIS = 20_000;

    @Test
    void keepsEveryPromiseInEveryWorld() {
        int versions = 0;
        int crashes = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            CheckpointSettings settings = settings(seed);
            int subtasks = 1 + (int) (seed % 4);
            CoordinatorSimulation simulation = new CoordinatorSimulation(
                    seed, settings, subtasks, Protocol.real(settings, subtasks), new SimulatedLedger.InMemory());
            try {
                versions += simulation.run(MILLIS);
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + settings + ": " + e.getMessage(), e);
            }
            crashes += simulation.crashes;
        }
        assertThat(versions).isGreaterThan(20 * SEEDS);
        assertThat(crashes).isGreaterThan(SEEDS);
    }

    @ParameterizedTest
    @EnumSource
    void tellsAPlantedBug(Bug bug) {
        Optional<Long> caught = Optional.empty();
        for (long seed = 0; seed < PLANTED_SEEDS && caught.isEmpty(); seed++) {
            CheckpointSettings settings = settings(seed);
            int subtasks = 2 + (int) (seed % 3);
            Supplier<Protocol> real = Protocol.real(settings, subtasks);
            try {
                new CoordinatorSimulation(
                                seed, settings, subtasks, () -> bug.in(real.get()), new SimulatedLedger.InMemory())
                        .run(MILLIS);
            } catch (AssertionError e) {
                caught = Optional.of(seed);
            }
        }
        assertThat(caught).as("seed in which %s is caught", bug).isPresent();
    }

    static CheckpointSettings settings(long seed) {
        Random random = new Random(seed);
        return new CheckpointSettings(
                random.nextInt(5) == 0 ? null : Duration.ofMillis(50 + random.nextInt(400)),
                Duration.ofMillis(random.nextInt(3) * 40L),
                Duration.ofMillis(150 + random.nextInt(400)),
                random.nextInt(4),
                random.nextBoolean()
                        ? Retry.NONE
                        : new Retry(1 + random.nextInt(3), Duration.ofMillis(20), Duration.ofMillis(100)),
                Guarantee.EXACTLY_ONCE,
                null,
                SnapshotMode.INCREMENTAL);
    }

    /** A coordinator with a bug. */
    enum Bug {
        /** An acknowledgement of an earlier attempt counts for the one under way. */
        TAKES_STALE_ACKNOWLEDGEMENTS((real, state) -> event -> {
            if (event instanceof CoordinatorEvent.Begun begun) {
                state.number = begun.number();
            }
            return event instanceof CoordinatorEvent.Acknowledged ack
                    ? real.told(new CoordinatorEvent.Acknowledged(state.number, ack.subtask(), ack.snapshot()))
                    : real.told(event);
        }),
        /** A doubled acknowledgement counts as two. */
        COUNTS_ACKNOWLEDGEMENTS_TWICE((real, state) -> event -> {
            if (event instanceof CoordinatorEvent.Begun) {
                state.number = 0;
            }
            return event instanceof CoordinatorEvent.Acknowledged ack
                    ? real.told(new CoordinatorEvent.Acknowledged(ack.number(), (int) state.number++, ack.snapshot()))
                    : real.told(event);
        }),
        /** Sinks commit when the files are written, before the ledger has answered. */
        COMMITS_SINKS_TOO_EARLY((real, state) -> event -> {
            List<CoordinatorEffect> effects = new ArrayList<>();
            for (CoordinatorEffect effect : real.told(event)) {
                effects.add(effect);
                if (effect instanceof CoordinatorEffect.Commit commit) {
                    effects.add(new CoordinatorEffect.CommitSinks(commit.number()));
                }
            }
            return effects;
        }),
        /** An attempt that timed out commits when its last file is there. */
        COMMITS_LATE((real, state) -> event -> {
            List<CoordinatorEffect> effects = new ArrayList<>();
            for (CoordinatorEffect effect : real.told(event)) {
                effects.add(effect);
                if (effect instanceof CoordinatorEffect.Abort abort) {
                    effects.add(new CoordinatorEffect.Commit(
                            abort.number(),
                            SnapshotMode.FULL,
                            CheckpointRequest.own(SnapshotKind.PERIODIC),
                            Instant.EPOCH,
                            List.of()));
                }
            }
            return effects;
        }),
        /** A new attempt begins while another runs. */
        BEGINS_TWICE((real, state) -> event -> {
            List<CoordinatorEffect> effects = new ArrayList<>(real.told(event));
            if (event instanceof CoordinatorEvent.Begun && ++state.number % 5 == 0) {
                effects.add(new CoordinatorEffect.Begin(1_000 + state.number, SnapshotMode.FULL));
            }
            return effects;
        }),
        /** An attempt is aborted after its commit was sent. */
        ABORTS_WHAT_IT_SENT((real, state) -> event -> {
            List<CoordinatorEffect> effects = new ArrayList<>();
            for (CoordinatorEffect effect : real.told(event)) {
                effects.add(effect);
                if (effect instanceof CoordinatorEffect.Commit commit && ++state.number % 7 == 0) {
                    effects.add(new CoordinatorEffect.Abort(commit.number()));
                }
            }
            return effects;
        }),
        /** Who asked is told twice. */
        ANSWERS_TWICE((real, state) -> event -> {
            List<CoordinatorEffect> effects = new ArrayList<>();
            for (CoordinatorEffect effect : real.told(event)) {
                effects.add(effect);
                if (effect instanceof CoordinatorEffect.Answer && ++state.number % 5 == 0) {
                    effects.add(effect);
                }
            }
            return effects;
        }),
        /** Failures in a row are never too many. */
        TOLERATES_EVERYTHING((real, state) -> event -> real.told(event).stream()
                .filter(effect -> !(effect instanceof CoordinatorEffect.Fail))
                .toList());

        private final BiFunction<Real, State, Telling> planted;

        Bug(BiFunction<Real, State, Telling> planted) {
            this.planted = planted;
        }

        Protocol in(Protocol real) {
            State state = new State();
            return new Protocol() {
                private Moment now = new Moment(0, Instant.EPOCH);
                private final Telling buggy = planted.apply(event -> real.on(event, now), state);

                @Override
                public List<CoordinatorEffect> on(CoordinatorEvent event, Moment at) {
                    now = at;
                    return buggy.on(event);
                }

                @Override
                public OptionalLong deadline() {
                    return real.deadline();
                }
            };
        }
    }

    /** The coordinator without the bug. */
    interface Real {

        List<CoordinatorEffect> told(CoordinatorEvent event);
    }

    /** The coordinator with the bug. */
    interface Telling {

        List<CoordinatorEffect> on(CoordinatorEvent event);
    }

    /** What a bug remembers. */
    static final class State {
        private long number;
    }
}
