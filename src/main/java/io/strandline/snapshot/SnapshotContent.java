package io.strandline.snapshot;

import io.strandline.storage.Blob;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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
        for (OperatorContent operator : operators) {
            for (StateContent state : operator.states()) {
                for (Run run : state.runs()) {
                    check(run, maxParallelism);
                }
            }
        }
    }

    /** Every file the version names, each once, in the order of its first mention. */
    public Set<Blob> blobs() {
        Set<Blob> blobs = new LinkedHashSet<>();
        for (OperatorContent operator : operators) {
            for (StateContent state : operator.states()) {
                state.runs().forEach(run -> blobs.add(run.blob()));
            }
        }
        return blobs;
    }

    /** Bytes of all files it names. */
    public long totalBytes() {
        return blobs().stream().mapToLong(Blob::sizeBytes).sum();
    }

    private static void check(Run run, int maxParallelism) {
        if (run.keyGroups().last() >= maxParallelism) {
            throw new IllegalArgumentException("a version with %d key groups cannot hold a run over %s"
                    .formatted(maxParallelism, run.keyGroups()));
        }
    }
}
