package io.strandline.catalog;

import io.strandline.snapshot.SnapshotKind;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of a job's versions a list wants, newest number first.
 *
 * @param jobId the job
 * @param branch only those the branch produced, null for all
 * @param kinds only these kinds, empty for all
 * @param states only these states, empty for all
 * @param labels only those that carry every one of these labels
 * @param since only those completed at this time or later, null for all
 * @param until only those completed before this time, null for all
 * @param beforeNumber only numbers below (where the previous page ended), null for the first page
 * @param limit at most so many
 */
public record SnapshotQuery(
        String jobId,
        @Nullable String branch,
        Set<SnapshotKind> kinds,
        Set<Snapshot.State> states,
        Map<String, String> labels,
        @Nullable Instant since,
        @Nullable Instant until,
        @Nullable Long beforeNumber,
        int limit) {

    public SnapshotQuery {
        kinds = Set.copyOf(kinds);
        states = Set.copyOf(states);
        labels = Map.copyOf(labels);
    }
}
