package io.strandline.catalog.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checkpoint attempts, failures included. Kept in the catalog only, not journaled: a rebuilt catalog begins without them.
 * The newest thousand of a job are kept.
 */
public interface Attempts {

    /** Saves an attempt, or what has become of it since. */
    void save(Attempt attempt);

    /** An attempt by its number. */
    Optional<Attempt> attempt(String jobId, long number);

    /** A job's attempts, newest number first, of one branch and one state when given, below {@code beforeNumber} when given. */
    List<Attempt> attempts(
            String jobId, @Nullable String branch, @Nullable String state, @Nullable Long beforeNumber, int limit);

    /**
     * One attempt.
     *
     * @param state {@code RUNNING}, {@code COMPLETED}, {@code FAILED} or {@code ABORTED}
     * @param report phases and per-subtask figures, JSON
     */
    record Attempt(
            String jobId,
            String branch,
            String instanceId,
            long number,
            String state,
            Instant startedAt,
            @Nullable Instant endedAt,
            String report) {}
}
