package io.strandline.retention.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.strandline.catalog.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Whole jobs with forks, by every rule at every level, beside an oracle and by law; {@code -Djudgement.laws} for more histories by
 * law than the usual 1,000.
 */
class JudgementTests {

    private static final int HISTORIES = 10_000;
    private static final int FOR_LAWS = Integer.getInteger("judgement.laws", 1_000);
    /** What one line's cap takes makes room in another, whose own cap then takes one more. */
    private static final long ROOM_IN_ANOTHER_LINE = 3_424;

    @Test
    void expiresWhatTheOracleExpires() {
        int forks = 0;
        int gone = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            ForkedHistory history = new ForkedHistory(seed);
            Set<Long> expected = new JobOracle(history).expiring();

            assertThat(expiring(history))
                    .as("seed %d: %s", seed, history.policies)
                    .isEqualTo(expected);

            forks += history.heads.size() - 1;
            gone += expected.size();
        }
        assertThat(forks).isGreaterThan(2_000);
        assertThat(gone).isGreaterThan(20_000);
    }

    @Test
    void expiresNothingMoreWhenAVersionGetsAHoldOrTag() {
        for (long seed = 0; seed < FOR_LAWS; seed++) {
            ForkedHistory history = withoutCaps(seed);
            List<Snapshot> versions = completed(history);
            if (versions.isEmpty()) {
                continue;
            }
            Set<Long> before = expiring(history);
            history.protect(versions.get((int) (seed % versions.size())), null);

            assertThat(before).as("seed %d", seed).containsAll(expiring(history));
        }
    }

    @Test
    void expiresNothingMoreWhenAKeepRuleIsAdded() {
        for (long seed = 0; seed < FOR_LAWS; seed++) {
            ForkedHistory history = withoutCaps(seed);
            Set<Long> before = expiring(history);
            Map<String, Object> policy = new HashMap<>(history.policies.getOrDefault("main", Map.of()));
            Map<Object, Object> keep = new HashMap<>((Map<?, ?>) policy.getOrDefault("keep", Map.of()));
            boolean added = keep.putIfAbsent("yearly", 5) == null && !hasNoRule(history);
            policy.put("keep", keep);
            history.save("main", policy);

            if (added) {
                assertThat(before).as("seed %d", seed).containsAll(expiring(history));
            }
        }
    }

    @Test
    void findsNothingToExpireAfterAPlanWasApplied() {
        long[] seeds = LongStream.concat(LongStream.range(0, FOR_LAWS), LongStream.of(ROOM_IN_ANOTHER_LINE))
                .toArray();
        for (long seed : seeds) {
            ForkedHistory history = new ForkedHistory(seed);
            expiring(history).forEach(number -> history.trash(history.versions.get(number)));

            assertThat(expiring(history)).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void explainsAsItPlans() {
        for (long seed = 0; seed < FOR_LAWS; seed++) {
            ForkedHistory history = new ForkedHistory(seed);
            Set<Long> gone = expiring(history);
            PolicyFixture fixture = new PolicyFixture(history.world, history.clock);
            List<Snapshot> versions = completed(history);

            Map<io.strandline.snapshot.SnapshotId, Object> explained = fixture.explanations()
                    .outlook(
                            history.job.id(),
                            versions.stream().map(Snapshot::id).toList());

            for (Snapshot version : versions) {
                Explanation explanation = (Explanation) explained.get(version.id());
                assertThat(explanation.verdict() == Explanation.Outlook.EXPIRES)
                        .as("seed %d, version %d: %s", seed, version.number(), explanation)
                        .isEqualTo(gone.contains(version.number()));
            }
        }
    }

    private static boolean hasNoRule(ForkedHistory history) {
        PolicyFixture fixture = new PolicyFixture(history.world, history.clock);
        return fixture.policies()
                .book()
                .effective(io.strandline.catalog.Policy.Owner.branch(history.job.id(), "main"))
                .policy()
                .keepsEverything();
    }

    private static ForkedHistory withoutCaps(long seed) {
        ForkedHistory history = new ForkedHistory(seed);
        new ArrayList<>(history.policies.keySet()).forEach(level -> {
            Map<String, Object> policy = new HashMap<>(history.policies.get(level));
            policy.remove("cap");
            history.save(level, policy);
        });
        return history;
    }

    private static List<Snapshot> completed(ForkedHistory history) {
        return history.versions.values().stream()
                .filter(version -> version.state() == Snapshot.State.COMPLETED)
                .toList();
    }

    private static Set<Long> expiring(ForkedHistory history) {
        PolicyFixture fixture = new PolicyFixture(history.world, history.clock);
        return fixture.judgements().judge(history.job.id(), fixture.policies().book(), history.now).expiring().stream()
                .map(verdict -> verdict.version().number())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
