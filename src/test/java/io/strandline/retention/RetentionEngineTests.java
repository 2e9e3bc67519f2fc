package io.strandline.retention;

import static io.strandline.retention.RandomHistories.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The engine against a naive reading of the design, and the laws it has to obey, over seeded random histories. */
class RetentionEngineTests {

    private static final int HISTORIES = 3_000;

    private final RetentionEngine engine = new RetentionEngine();

    @Test
    void expiresWhatTheNaiveOracleExpires() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistories random = new RandomHistories(seed);
            BranchHistory history = random.history();
            RetentionPolicy policy = random.policy();

            assertThat(expiring(policy, history, NOW))
                    .as("seed %d: %s", seed, policy)
                    .isEqualTo(new NaiveOracle(policy, history, NOW).expiring());
        }
    }

    @Test
    void expiresNothingMoreWhenAVersionGetsAHoldOrTag() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistories random = new RandomHistories(seed);
            BranchHistory history = random.history();
            RetentionPolicy policy = withoutCaps(random.policy());
            if (history.line().isEmpty()) {
                continue;
            }
            SnapshotId chosen =
                    history.line().get(random.below(history.line().size())).id();
            BranchHistory more = withProtection(history, chosen, random.protection());

            assertThat(expiring(policy, history, NOW)).as("seed %d", seed).containsAll(expiring(policy, more, NOW));
        }
    }

    @Test
    void expiresNothingMoreWhenAKeepRuleIsAdded() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistories random = new RandomHistories(seed);
            BranchHistory history = random.history();
            RetentionPolicy policy = withoutCaps(random.policy());
            if (!policy.keep().hasRule()) {
                continue;
            }
            RetentionPolicy more = withKeep(policy, union(policy.keep(), random.keep()));

            assertThat(expiring(policy, history, NOW)).as("seed %d", seed).containsAll(expiring(more, history, NOW));
        }
    }

    @Test
    void findsNothingToExpireAfterWhatItExpiredIsGone() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistories random = new RandomHistories(seed);
            BranchHistory history = random.history();
            RetentionPolicy policy = random.policy();
            BranchHistory after = without(history, expiring(policy, history, NOW));

            assertThat(expiring(policy, after, NOW)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void explainsEveryVerdict() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistories random = new RandomHistories(seed);
            BranchHistory history = random.history();
            Evaluation evaluation = engine.evaluate(random.policy(), history, NOW);

            assertThat(evaluation.verdicts())
                    .hasSize(history.line().size() + history.offLine().size());
            for (Verdict verdict : evaluation.verdicts()) {
                boolean reasons =
                        !verdict.protectedBy().isEmpty() || !verdict.keptBy().isEmpty();
                assertThat(verdict.expires()).as("seed %d", seed).isNotEqualTo(reasons);
                assertThat(verdict.goes() == null).isEqualTo(verdict.expires());
                assertThat(verdict.expires() ? verdict.whyNot() : verdict.goes().when())
                        .as("seed %d: %s", seed, verdict)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void letsAVersionGoAtTheTimeItAnnounced() {
        int announced = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            RandomHistories random = new RandomHistories(seed);
            BranchHistory history = random.history();
            RetentionPolicy policy = withOnlyMaxAge(random.policy());
            for (Verdict verdict : engine.evaluate(policy, history, NOW).verdicts()) {
                Instant at = verdict.goes() == null ? null : verdict.goes().at();
                if (at != null) {
                    long number = verdict.version().number();
                    assertThat(expiring(policy, history, at.minusMillis(1))).doesNotContain(number);
                    assertThat(expiring(policy, history, at.plusMillis(1)))
                            .as("seed %d: %s", seed, verdict)
                            .contains(number);
                    announced++;
                }
            }
        }
        assertThat(announced).isGreaterThan(1_000);
    }

    private Set<Long> expiring(RetentionPolicy policy, BranchHistory history, Instant now) {
        return engine.evaluate(policy, history, now).verdicts().stream()
                .filter(Verdict::expires)
                .map(verdict -> verdict.version().number())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static BranchHistory withProtection(BranchHistory history, SnapshotId id, Protection protection) {
        Map<SnapshotId, List<Protection>> protections = new HashMap<>(history.protections());
        List<Protection> all = new ArrayList<>(protections.getOrDefault(id, List.of()));
        all.add(protection);
        protections.put(id, all);
        return new BranchHistory(history.branch(), history.line(), history.offLine(), protections, history.files());
    }

    private static BranchHistory without(BranchHistory history, Set<Long> gone) {
        return new BranchHistory(
                history.branch(),
                history.line().stream().filter(v -> !gone.contains(v.number())).toList(),
                history.offLine().stream()
                        .filter(v -> !gone.contains(v.number()))
                        .toList(),
                history.protections(),
                history.files());
    }

    private static RetentionPolicy withoutCaps(RetentionPolicy policy) {
        return new RetentionPolicy(
                policy.keep(), RetentionPolicy.Cap.NONE, policy.floor(), policy.timeZone(), null, null);
    }

    private static RetentionPolicy withOnlyMaxAge(RetentionPolicy policy) {
        RetentionPolicy.Cap cap = new RetentionPolicy.Cap(policy.cap().maxAge(), null, null);
        return new RetentionPolicy(policy.keep(), cap, policy.floor(), policy.timeZone(), null, null);
    }

    private static RetentionPolicy withKeep(RetentionPolicy policy, RetentionPolicy.Keep keep) {
        return new RetentionPolicy(keep, policy.cap(), policy.floor(), policy.timeZone(), null, null);
    }

    private static RetentionPolicy.Keep union(RetentionPolicy.Keep one, RetentionPolicy.Keep other) {
        Map<RetentionPolicy.Period, Integer> periods = new HashMap<>(other.periods());
        periods.putAll(one.periods());
        return new RetentionPolicy.Keep(
                one.last() == null ? other.last() : one.last(),
                one.within() == null ? other.within() : one.within(),
                periods,
                one.labels() == null ? other.labels() : one.labels(),
                one.kinds() == null ? other.kinds() : one.kinds(),
                one.oldest() == null ? other.oldest() : one.oldest());
    }
}
