package io.strandline.retention.policy;

import io.strandline.retention.BranchHistory;
import io.strandline.retention.CapUnmet;
import io.strandline.retention.Evaluation;
import io.strandline.retention.RetentionEngine;
import io.strandline.retention.RetentionPolicy;
import io.strandline.retention.Verdict;
import io.strandline.snapshot.SnapshotId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Judges all versions of a job by a policy. */
@Component
public final class Judgements {

    private final Histories histories;
    private final RetentionEngine engine = new RetentionEngine();

    public Judgements(Histories histories) {
        this.histories = histories;
    }

    /** Judges as of {@code at}; a version on several lines expires when it does on every one. */
    public OfJob judge(String jobId, RetentionPolicy policy, Instant at) {
        return judge(histories.of(jobId), policy, at);
    }

    /** The same over histories read before. */
    public OfJob judge(List<BranchHistory> read, RetentionPolicy policy, Instant at) {
        Map<SnapshotId, Verdict> verdicts = new LinkedHashMap<>();
        List<CapUnmet> capUnmet = new ArrayList<>();
        for (BranchHistory history : read) {
            Evaluation evaluation = engine.evaluate(policy, history, at);
            capUnmet.addAll(evaluation.capUnmet());
            for (Verdict verdict : evaluation.verdicts()) {
                verdicts.merge(verdict.version().id(), verdict, (one, other) -> one.expires() ? other : one);
            }
        }
        return new OfJob(verdicts, capUnmet);
    }

    /** What {@link #judge(List, RetentionPolicy, Instant)} takes. */
    public List<BranchHistory> read(String jobId) {
        return histories.of(jobId);
    }

    /**
     * What a policy says of a job.
     *
     * @param verdicts by version, newest first
     * @param capUnmet caps that protections keep from being met
     */
    public record OfJob(Map<SnapshotId, Verdict> verdicts, List<CapUnmet> capUnmet) {

        /** The versions that go. */
        public List<Verdict> expiring() {
            return verdicts.values().stream().filter(Verdict::expires).toList();
        }
    }
}
