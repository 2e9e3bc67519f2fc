package io.strandline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.job.RestartPolicy.GiveUp;
import io.strandline.job.RestartPolicy.Restart;
import io.strandline.job.RestartPolicy.Tally;
import io.strandline.job.RestartPolicy.Verdict;
import io.strandline.pipeline.RestartSpec;
import io.strandline.pipeline.RestartSpec.Fallback;
import io.strandline.pipeline.RestartSpec.Strategy;
import io.strandline.runner.FailureCause;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartPolicyTests {

    private static final Duration BRIEFLY = Duration.ofMillis(10);
    private static final FailureCause BROKEN = new FailureCause("operator-failed", "boom", "map", 0, true);

    private final RestartPolicy policy = policy(Strategy.EXPONENTIAL, 6, 1.0);

    @Test
    void restartsAtOnceTheFirstTime() {
        assertThat(restart(policy, Tally.NONE, BROKEN, BRIEFLY).pause()).isZero();
    }

    @Test
    void doublesThePauseFromTheSecondTimeUpToTheLongest() {
        Tally tally = Tally.NONE;
        Duration[] pauses = new Duration[6];
        for (int i = 0; i < pauses.length; i++) {
            Restart verdict = restart(policy, tally, BROKEN, BRIEFLY);
            pauses[i] = verdict.pause();
            tally = verdict.tally();
        }

        assertThat(pauses)
                .containsExactly(
                        Duration.ZERO,
                        Duration.ofMillis(200),
                        Duration.ofMillis(400),
                        Duration.ofMillis(800),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1));
    }

    @Test
    void shortensThePauseByChanceButNeverBelowFourFifths() {
        Tally second = new Tally(1, null, 0);

        assertThat(restart(policy(Strategy.EXPONENTIAL, 6, 0.0), second, BROKEN, BRIEFLY)
                        .pause())
                .isEqualTo(Duration.ofMillis(160));
        assertThat(restart(policy(Strategy.EXPONENTIAL, 6, 0.5), second, BROKEN, BRIEFLY)
                        .pause())
                .isEqualTo(Duration.ofMillis(180));
    }

    @Test
    void givesUpAfterTheLastAttemptAndSaysWhy() {
        Verdict verdict = policy.after(new Tally(6, null, 0), BROKEN, BRIEFLY);

        assertThat(verdict).isInstanceOfSatisfying(GiveUp.class, forGood -> {
            assertThat(forGood.problem().code()).isEqualTo("operator-failed");
            assertThat(forGood.problem().detail()).contains("6 restarts").contains("boom");
        });
    }

    @Test
    void beginsAnewAfterAStableRun() {
        Restart verdict = restart(policy, new Tally(6, null, 0), BROKEN, Duration.ofSeconds(1));

        assertThat(verdict.pause()).isZero();
        assertThat(verdict.tally().restarts()).isEqualTo(1);
    }

    @Test
    void givesUpAtOnceWhenStartingAgainCannotHelp() {
        FailureCause hopeless = new FailureCause("state-lost", "gone", null, null, false);

        assertThat(policy.after(Tally.NONE, hopeless, BRIEFLY)).isInstanceOf(GiveUp.class);
    }

    @Test
    void givesUpAtOnceWithoutAStrategy() {
        assertThat(policy(Strategy.NONE, 6, 1.0).after(Tally.NONE, BROKEN, BRIEFLY))
                .isInstanceOf(GiveUp.class);
    }

    @Test
    void givesUpWhenOneRecordFailsThreeTimesInARowHoweverLongItRan() {
        FailureCause poison = poison("departures offset 4711: not a number");
        Restart first = restart(policy, Tally.NONE, poison, Duration.ofHours(1));
        Restart second = restart(policy, first.tally(), poison, Duration.ofHours(1));

        Verdict third = policy.after(second.tally(), poison, Duration.ofHours(1));

        assertThat(third).isInstanceOfSatisfying(GiveUp.class, forGood -> {
            assertThat(forGood.problem().code()).isEqualTo("poison-record");
            assertThat(forGood.problem().detail()).contains("departures offset 4711");
        });
    }

    @Test
    void countsAnotherRecordAnew() {
        Restart first = restart(policy, Tally.NONE, poison("offset 1"), BRIEFLY);
        Restart second = restart(policy, first.tally(), poison("offset 1"), BRIEFLY);

        assertThat(policy.after(second.tally(), poison("offset 2"), BRIEFLY)).isInstanceOf(Restart.class);
    }

    @Test
    void forgetsTheRecordWhenSomethingElseFailsInBetween() {
        Restart first = restart(policy, Tally.NONE, poison("offset 1"), BRIEFLY);
        Restart second = restart(policy, first.tally(), poison("offset 1"), BRIEFLY);
        Restart other = restart(policy, second.tally(), BROKEN, BRIEFLY);

        assertThat(policy.after(other.tally(), poison("offset 1"), BRIEFLY)).isInstanceOf(Restart.class);
    }

    private static Restart restart(RestartPolicy policy, Tally before, FailureCause cause, Duration ranFor) {
        Verdict verdict = policy.after(before, cause, ranFor);
        assertThat(verdict).isInstanceOf(Restart.class);
        return (Restart) verdict;
    }

    private static FailureCause poison(String detail) {
        return new FailureCause("poison-record", detail, null, null, false);
    }

    private static RestartPolicy policy(Strategy strategy, int attempts, double chance) {
        RestartSpec spec =
                new RestartSpec(strategy, Duration.ofMillis(200), Duration.ofSeconds(1), attempts, Fallback.NONE);
        return new RestartPolicy(spec, () -> chance);
    }
}
