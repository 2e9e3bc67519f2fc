package io.strandline.retention;

import io.strandline.snapshot.SnapshotKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges a branch's history by a policy. Pure: the same policy, history and time give the same verdicts.
 *
 * <p>Protections come first and are never overruled. Keep rules are independent, one is enough. Caps then take keep
 * reasons away, the oldest version's first. Versions off the line expire unless protected; imported ones have never been on it,
 * so that a rule by kind keeps them there, too.
 */
public final class RetentionEngine {

    /** Judges every version of {@code history} as of {@code now}. */
    public Evaluation evaluate(RetentionPolicy policy, BranchHistory history, Instant now) {
        List<Trial> line = history.line().stream()
                .map(version -> new Trial(version, history, now))
                .toList();
        floors(policy.floor(), line);
        for (KeepRule rule : KeepRule.of(policy)) {
            List<KeepRule.Judgement> judgements = rule.judge(history.line(), now);
            for (int i = 0; i < line.size(); i++) {
                line.get(i).hear(judgements.get(i));
            }
        }
        List<CapUnmet> unmet = new Caps(policy.cap(), line, history.files()).apply(now);
        List<Verdict> verdicts = new ArrayList<>();
        line.forEach(trial -> verdicts.add(trial.verdict(policy.cap())));
        history.offLine().forEach(version -> verdicts.add(offLine(policy, version, history, now)));
        return new Evaluation(verdicts, unmet);
    }

    private static void floors(RetentionPolicy.Floor floor, List<Trial> line) {
        int counted = 0;
        int verified = 0;
        for (Trial trial : line) {
            if (trial.version().usable() && counted < floor.minCount()) {
                counted++;
                trial.protect(PolicyField.FLOOR_MIN_COUNT, counted, floor.minCount(), "newer version");
            }
            if (trial.version().usable() && trial.version().verified() && verified < floor.minVerified()) {
                verified++;
                trial.protect(PolicyField.FLOOR_MIN_VERIFIED, verified, floor.minVerified(), "newer verified version");
            }
        }
    }

    private static Verdict offLine(RetentionPolicy policy, Candidate version, BranchHistory history, Instant now) {
        Trial trial = new Trial(version, history, now);
        if (policy.keepsEverything()) {
            trial.hear(new KeepRule.Everything().judge(List.of(version), now).get(0));
        } else if (version.kind() == SnapshotKind.IMPORTED && policy.keep().kinds() != null) {
            trial.hear(new KeepRule.Kinds(policy.keep().kinds())
                    .judge(List.of(version), now)
                    .get(0));
        } else {
            trial.pass("off the line: it is not an ancestor of the head of " + history.branch()
                    + " or of any other branch, so it stays only while something protects it");
        }
        return trial.verdict(RetentionPolicy.Cap.NONE);
    }
}
