package io.strandline.retention.policy;

import io.strandline.catalog.Policy;
import io.strandline.retention.BranchHistory;
import io.strandline.retention.CapUnmet;
import io.strandline.retention.Evaluation;
import io.strandline.retention.RetentionEngine;
import io.strandline.retention.RetentionPolicy;
import io.strandline.retention.Verdict;
import io.strandline.snapshot.SnapshotId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Judges all versions of a job, each branch by its own policy. */
@Component
public final class Judgements {

    private final Histories histories;
    private final RetentionEngine engine = new RetentionEngine();

    public Judgements(Histories histories) {
        this.histories = histories;
    }

    /** Judges as of {@code at}; a version on several lines expires when it does on every one. */
    public OfJob judge(String jobId, PolicyBook book, Instant at) {
        return judge(histories.of(jobId, book), book, at);
    }

    /**
     * The same over a history read before, whose files are known where {@code book} has a cap on them.
     *
     * <p>What goes may make room under a rule of one line for a version that so far stays for the sake of another line, and then
     * push the last one over the first line's cap. So it is judged again without what goes, until nothing more does: a plan that was
     * applied leaves nothing to expire.
     */
    public OfJob judge(JobHistory read, PolicyBook book, Instant at) {
        OfJob said = judgeOnce(read, book, at);
        if (read.lines().size() == 1) {
            return said;
        }
        Map<SnapshotId, Verdict> verdicts = new LinkedHashMap<>(said.verdicts());
        OfJob left = said;
        while (!left.expiring().isEmpty()) {
            left = judgeOnce(left.remaining(), book, at);
            left.expiring().forEach(verdict -> verdicts.put(verdict.version().id(), verdict));
        }
        return new OfJob(read, book, verdicts, said.lines(), left.capUnmet());
    }

    private OfJob judgeOnce(JobHistory read, PolicyBook book, Instant at) {
        Map<SnapshotId, Verdict> verdicts = new LinkedHashMap<>();
        Map<SnapshotId, List<String>> lines = new LinkedHashMap<>();
        List<Unmet> capUnmet = new ArrayList<>();
        for (BranchHistory history : read.lines()) {
            RetentionPolicy policy = policy(read.jobId(), history.branch(), book);
            Evaluation evaluation = engine.evaluate(policy, history, at);
            evaluation.capUnmet().forEach(unmet -> capUnmet.add(new Unmet(history.branch(), unmet)));
            for (Verdict verdict : evaluation.verdicts()) {
                verdicts.merge(verdict.version().id(), verdict, Verdict::and);
                lines.merge(verdict.version().id(), List.of(named(history.branch())), Judgements::both);
            }
        }
        return new OfJob(read, book, verdicts, lines, capUnmet);
    }

    /** What {@link #judge(JobHistory, PolicyBook, Instant)} takes. */
    public JobHistory read(String jobId, PolicyBook book) {
        return histories.of(jobId, book);
    }

    private static RetentionPolicy policy(String jobId, @Nullable String branch, PolicyBook book) {
        return book.effective(new Policy.Owner(jobId, branch)).policy();
    }

    /** Branch names are never empty. */
    private static String named(@Nullable String branch) {
        return branch == null ? "" : branch;
    }

    private static List<String> both(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    /** A cap that cannot be met; of a branch, or null for what is left of deleted ones. */
    public record Unmet(@Nullable String branch, CapUnmet cap) {}

    /**
     * What the policies say of a job.
     *
     * @param history what was judged
     * @param verdicts by version, newest first within a line
     * @param lines the branches on whose lines, or off them, each version was judged; empty for no branch
     * @param capUnmet caps that protections keep from being met
     */
    public record OfJob(
            JobHistory history,
            PolicyBook book,
            Map<SnapshotId, Verdict> verdicts,
            Map<SnapshotId, List<String>> lines,
            List<Unmet> capUnmet) {

        /** The versions that go. */
        public List<Verdict> expiring() {
            return verdicts.values().stream().filter(Verdict::expires).toList();
        }

        /** The history without what goes. */
        private JobHistory remaining() {
            Set<SnapshotId> going =
                    expiring().stream().map(verdict -> verdict.version().id()).collect(Collectors.toSet());
            return new JobHistory(
                    history.jobId(),
                    history.lines().stream().map(line -> line.without(going)).toList(),
                    history.outlines());
        }

        /** How long a version that goes lies in the trash: as long as the most patient of its branches says. */
        public Duration trashWindow(Verdict verdict) {
            return owners(verdict).stream()
                    .map(owner -> book.effective(owner)
                            .policy()
                            .trashWindow(verdict.version().kind()))
                    .max(Duration::compareTo)
                    .orElse(RetentionPolicy.LONG_WINDOW);
        }

        /** Whose schedules a version goes by. */
        public Set<Policy.Owner> clocks(Verdict verdict) {
            return owners(verdict).stream().map(book::clockOf).collect(Collectors.toSet());
        }

        private List<Policy.Owner> owners(Verdict verdict) {
            return lines.getOrDefault(verdict.version().id(), List.of()).stream()
                    .map(branch -> new Policy.Owner(history.jobId(), branch.isEmpty() ? null : branch))
                    .toList();
        }
    }
}
