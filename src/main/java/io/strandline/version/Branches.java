package io.strandline.version;

import io.strandline.catalog.Branch;
import io.strandline.catalog.Catalog;
import io.strandline.catalog.Job;
import io.strandline.catalog.Snapshot;
import io.strandline.catalog.history.History;
import io.strandline.catalog.history.History.HeadEntry;
import io.strandline.job.JobStatus;
import io.strandline.job.Jobs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Branches: where their heads are, and where they have been. */
@Component
public final class Branches {

    private static final int READ_AT_ONCE = 500;
    private static final String CHECKPOINT = "CHECKPOINT";

    private final Catalog catalog;
    private final History history;
    private final Jobs jobs;

    Branches(Catalog catalog, History history, Jobs jobs) {
        this.catalog = catalog;
        this.history = history;
        this.jobs = jobs;
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

    /** A branch with its state. */
    public JobStatus get(Job job, String name) {
        return jobs.status(job, name);
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
