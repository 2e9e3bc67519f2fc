package io.strandline.retention.policy;

import io.strandline.catalog.Catalog;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.Trashed;
import io.strandline.catalog.history.VersionOutlook;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.StrandlineException;
import io.strandline.retention.Departure;
import io.strandline.retention.Verdict;
import io.strandline.snapshot.SnapshotId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Explains versions by the policy in force. */
@Service
public final class Explanations implements VersionOutlook {

    private final Catalog catalog;
    private final Policies policies;
    private final RecentHistories histories;
    private final Judgements judgements;
    private final ReplayOutlook replay;
    private final Clock clock;

    Explanations(
            Catalog catalog,
            Policies policies,
            RecentHistories histories,
            Judgements judgements,
            ReplayOutlook replay,
            Clock clock) {
        this.histories = histories;
        this.catalog = catalog;
        this.policies = policies;
        this.judgements = judgements;
        this.replay = replay;
        this.clock = clock;
    }

    /**
     * Explains one version.
     *
     * @param at the time to judge by, null for now; the history is today's
     * @throws StrandlineException {@code snapshot-purged}
     */
    public Explanation explain(Snapshot version, @Nullable Instant at) {
        Instant time = at == null ? clock.instant() : at;
        Explanation explanation = explain(version, time, judge(version.jobId(), time), replay.looker());
        if (explanation == null) {
            throw new StrandlineException(
                    ErrorCode.SNAPSHOT_PURGED, "Version " + version.number() + " was purged; its files are gone.");
        }
        return explanation;
    }

    @Override
    public Map<SnapshotId, Object> outlook(String jobId, Collection<SnapshotId> ids) {
        Instant now = clock.instant();
        Map<SnapshotId, Verdict> verdicts = judge(jobId, now);
        ReplayOutlook.Looker looker = replay.looker();
        Map<SnapshotId, Object> explained = new LinkedHashMap<>();
        for (SnapshotId id : ids) {
            catalog.snapshot(id)
                    .map(version -> explain(version, now, verdicts, looker))
                    .ifPresent(e -> explained.put(id, e));
        }
        return explained;
    }

    private Map<SnapshotId, Verdict> judge(String jobId, Instant at) {
        PolicyBook book = policies.book();
        return judgements.judge(histories.of(jobId, book), book, at).verdicts();
    }

    private static @Nullable Explanation explain(
            Snapshot version, Instant at, Map<SnapshotId, Verdict> verdicts, ReplayOutlook.Looker looker) {
        if (version.state() == Snapshot.State.PURGED) {
            return null;
        }
        Optional<List<String>> missing = looker.missing(version);
        Boolean replayable = missing.map(List::isEmpty).orElse(null);
        Trashed trashed = version.trashed();
        Verdict verdict = verdicts.get(version.id());
        if (version.state() == Snapshot.State.TRASHED && trashed != null) {
            Departure goes =
                    new Departure(trashed.purgeAfter(), List.of("trash: it is purged after " + trashed.purgeAfter()));
            return new Explanation(
                    version.id().toString(),
                    version.number(),
                    at,
                    Explanation.Outlook.TRASHED,
                    List.of(),
                    List.of(),
                    List.of("it lies in the trash since " + trashed.at()),
                    goes,
                    replayable,
                    missing.orElse(List.of()));
        }
        if (verdict == null) {
            return null;
        }
        return new Explanation(
                version.id().toString(),
                version.number(),
                at,
                outlook(verdict),
                verdict.protectedBy(),
                verdict.keptBy(),
                verdict.whyNot(),
                verdict.goes(),
                replayable,
                missing.orElse(List.of()));
    }

    private static Explanation.Outlook outlook(Verdict verdict) {
        if (verdict.expires()) {
            return Explanation.Outlook.EXPIRES;
        }
        return verdict.protectedBy().isEmpty() ? Explanation.Outlook.KEPT : Explanation.Outlook.PROTECTED;
    }
}
