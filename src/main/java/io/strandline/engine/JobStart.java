package io.strandline.engine;

import io.strandline.engine.checkpoint.CheckpointSettings;
import io.strandline.snapshot.LineSegment;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.state.InstanceState;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an instance starts with.
 *
 * @param job the job's name, for threads and messages
 * @param branch the branch it runs on
 * @param backend the name of the state backend, for the snapshots' content
 * @param state the instance's state, opened as {@code restored} holds it; the engine closes it
 * @param restored the version to go on from, null for a fresh start
 * @param line what sinks may keep
 * @param checkpoints when and how snapshots are taken
 * @param storageFull tells failures that mean that there is no room left
 */
public record JobStart(
        String job,
        String branch,
        String backend,
        InstanceState state,
        @Nullable SnapshotContent restored,
        List<LineSegment> line,
        CheckpointSettings checkpoints,
        Predicate<Throwable> storageFull) {

    public JobStart {
        line = List.copyOf(line);
    }
}
