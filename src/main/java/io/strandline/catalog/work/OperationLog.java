package io.strandline.catalog.work;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads of operations: that they were accepted and how they ended. Progress is their runner's to tell. */
public interface OperationLog {

    /** An operation by id. */
    Optional<LoggedOperation> operation(String id);

    /** Operations as a list wants them, newest id first. */
    List<LoggedOperation> operations(OperationQuery query);

    /** Every operation that was accepted and has not ended, oldest first. */
    List<LoggedOperation> unfinished();

    /**
     * One operation.
     *
     * @param request what was asked, JSON
     * @param state how it ended: {@code SUCCEEDED}, {@code FAILED} or {@code CANCELLED}; null while it has not
     * @param result what it made, JSON
     * @param problem why it failed, JSON
     */
    record LoggedOperation(
            String id,
            String type,
            @Nullable String jobId,
            String request,
            String actor,
            Instant acceptedAt,
            @Nullable String state,
            @Nullable String result,
            @Nullable String problem,
            @Nullable Instant endedAt) {}

    /**
     * Which operations a list wants.
     *
     * @param jobId only those about this job, null for all
     * @param type only this type, null for all
     * @param state only those that ended so, or {@code UNFINISHED}; null for all
     * @param beforeId only ids below (where the previous page ended), null for the first page
     * @param limit at most so many
     */
    record OperationQuery(
            @Nullable String jobId,
            @Nullable String type,
            @Nullable String state,
            @Nullable String beforeId,
            int limit) {

        /** The state to ask for those that have not ended. */
        public static final String UNFINISHED = "UNFINISHED";
    }
}
