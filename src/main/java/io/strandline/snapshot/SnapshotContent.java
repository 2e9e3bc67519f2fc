package io.strandline.snapshot;

import java.util.List;

/**
 * What an engine hands up when an attempt is complete: everything a version holds, before it has an id.
 *
 * @param number the attempt's number
 * @param mode how it was written
 * @param backend the backend that wrote it
 * @param parallelism of the instance
 * @param maxParallelism number of key groups
 * @param sources positions of every split
 * @param operators every operator with its states
 * @param newBytes bytes of files this version is the first to name
 */
public record SnapshotContent(
        long number,
        SnapshotMode mode,
        String backend,
        int parallelism,
        int maxParallelism,
        List<SourcePosition> sources,
        List<OperatorContent> operators,
        long newBytes) {

    public SnapshotContent {
        sources = List.copyOf(sources);
        operators = List.copyOf(operators);
    }
}
