package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Branch.Protection;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Cause;
import io.strandline.catalog.Job;
import io.strandline.catalog.Ledger;
import io.strandline.catalog.Ledger.Scope.OfJob;
import io.strandline.catalog.RefChange.BranchProtected;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.job.Claim;
import io.strandline.job.JobStatus;
import io.strandline.job.Jobs;
import io.strandline.job.Lifecycle;
import io.strandline.problem.ErrorCode;
import io.strandline.problem.Problem;
import io.strandline.problem.StrandlineException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Branches: where their heads are and have been, what may be done to them, and the trash for those nobody needs. */
@Component
public final class Branches {

    private static final int READ_AT_ONCE = 500;
    private static final String CHECKPOINT = "CHECKPOINT";

    private final Ledger ledger;
    private final Catalog catalog;
    private final History history;
    private final Jobs jobs;
    private final Lifecycle lifecycle;
    private final Deletions deletions;

    Branches(Ledger ledger, Catalog catalog, History history, Jobs jobs, Lifecycle lifecycle, Deletions deletions) {
        this.ledger = ledger;
        this.catalog = catalog;
        this.history = history;
        this.jobs = jobs;
        this.lifecycle = lifecycle;
        this.deletions = deletions;
    }

    /**
     * A move of a head, or a stretch of checkpoints folded into one.
     *
     * @param newest the move, the last one of a stretch
     * @param oldest the first one of a stretch, else the move itself
     * @param count how many were folded
     * @param from the head before, null when there was none
     */
    public record Move(
            HeadEntry newest,
            HeadEntry oldest,
            int count,
            @Nullable Snapshot from) {

        private Move(HeadEntry newest, HeadEntry oldest, int count) {
            this(newest, oldest, count, null);
        }
    }

    /** A job's branches with their states. */
    public List<JobStatus> list(Job job) {
        return catalog.branches(job.id()).stream()
                .map(Branch::name)
                .map(name -> jobs.status(job, name))
                .toList();
    }

    /** A job's branches in the trash. */
    public List<JobStatus> trashed(Job job) {
        return catalog.trashedBranches(job.id()).stream()
                .map(branch -> jobs.status(job, branch))
                .toList();
    }

    /**
     * A branch with its state.
     *
     * @throws StrandlineException {@code branch-not-found}
     */
    public JobStatus get(Job job, String name) {
        return jobs.status(job, name);
    }

    /**
     * Replaces what may be done to a branch.
     *
     * @param wanted says what, of the branch as it is then; refuses by throwing
     * @throws StrandlineException {@code branch-not-found}; {@code invalid-body} for a {@code main} that could be deleted
     */
    public JobStatus protect(Job job, String name, Function<Branch, Protection> wanted, Cause cause) {
        Branch changed = ledger.change(new OfJob(job.id()), cause, changes -> {
            Branch now = get(job, name).branch();
            Protection protection = wanted.apply(now);
            if (now.name().equals(Branch.MAIN) && protection.deletable()) {
                String detail = "main can never be deleted.";
                throw Problem.of(ErrorCode.INVALID_BODY, detail)
                        .withError("/protection/deletable", detail)
                        .asException();
            }
            if (!protection.equals(now.protection())) {
                changes.record(new BranchProtected(job.id(), name, protection));
            }
            return get(job, name).branch();
        });
        return jobs.status(job, changed);
    }

    /**
     * Throws a branch away that nobody runs. Its versions stay under the job's policy, and its head at least for as long as
     * the branch can be brought back.
     *
     * @param check refuses by throwing, of the branch as it is then
     * @throws StrandlineException {@code branch-not-found}, {@code protected}, {@code not-stopped}, {@code
     *     operation-in-progress}
     */
    public JobStatus delete(Job job, String name, Consumer<Branch> check, Cause cause) {
        get(job, name);
        try (Claim claim = lifecycle.claim(job, name, "delete")) {
            Branch trashed = ledger.change(new OfJob(job.id()), cause, changes -> {
                Branch now = get(job, name).branch();
                check.accept(now);
                deletions.refuse(job, now, claim);
                deletions.of(now).forEach(changes::record);
                return inTrash(job, name);
            });
            return jobs.status(job, trashed);
        }
    }

    /**
     * Brings a branch back from the trash, stopped, with the head it had.
     *
     * @throws StrandlineException {@code branch-not-found}, {@code not-trashed}, {@code snapshot-trashed}, {@code
     *     snapshot-purged}
     */
    public JobStatus undelete(Job job, String name, Cause cause) {
        Branch back = ledger.change(new OfJob(job.id()), cause, changes -> {
            if (catalog.branch(job.id(), name).isPresent()) {
                throw new StrandlineException(
                        ErrorCode.NOT_TRASHED, "Branch " + name + " of job " + job.name() + " is not in the trash.");
            }
            deletions.reversed(job, inTrash(job, name)).forEach(changes::record);
            return get(job, name).branch();
        });
        return jobs.status(job, back);
    }

    private Branch inTrash(Job job, String name) {
        return catalog.trashedBranches(job.id()).stream()
                .filter(branch -> branch.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new StrandlineException(
                        ErrorCode.BRANCH_NOT_FOUND,
                        "Job " + job.name() + " has no branch '" + name + "', in the trash or out of it."));
    }

    /** Moves of a branch's head, newest first, checkpoints folded, older than {@code before} when given. */
    public List<Move> reflog(Job job, String branch, @Nullable Long before, int limit) {
        get(job, branch);
        return folded(job, branch, before, limit).stream().map(this::withOrigin).toList();
    }

    private Move withOrigin(Move move) {
        Snapshot from = Optional.ofNullable(move.oldest().from())
                .flatMap(catalog::snapshot)
                .orElse(null);
        return new Move(move.newest(), move.oldest(), move.count(), from);
    }

    private List<Move> folded(Job job, String branch, @Nullable Long before, int limit) {
        List<Move> moves = new ArrayList<>();
        Long next = before;
        List<HeadEntry> entries;
        do {
            entries = history.reflog(job.id(), branch, next, READ_AT_ONCE);
            for (HeadEntry entry : entries) {
                Move last = moves.isEmpty() ? null : moves.get(moves.size() - 1);
                if (last != null && isCheckpoint(last.oldest()) && isCheckpoint(entry)) {
                    moves.set(moves.size() - 1, new Move(last.newest(), entry, last.count() + 1));
                } else if (moves.size() == limit) {
                    return moves;
                } else {
                    moves.add(new Move(entry, entry, 1));
                }
                next = entry.sequence();
            }
        } while (entries.size() == READ_AT_ONCE);
        return moves;
    }

    private static boolean isCheckpoint(HeadEntry entry) {
        return entry.verb().equals(CHECKPOINT);
    }
}
