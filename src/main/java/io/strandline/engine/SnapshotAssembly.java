package io.strandline.engine;

import io.strandline.engine.checkpoint.CoordinatorEffect;
import io.strandline.engine.checkpoint.SnapshotCandidate;
import io.strandline.engine.checkpoint.SubtaskSnapshot;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.snapshot.OperatorContent;
import io.strandline.snapshot.Run;
import io.strandline.snapshot.SnapshotContent;
import io.strandline.snapshot.SourcePosition;
import io.strandline.state.StateCut;
import java.util.Comparator;
import java.util.List;

/**
 * Puts together what a version holds.
 *
 * @param graph what runs
 * @param backend the name of its state backend
 */
record SnapshotAssembly(JobGraph graph, String backend) {

    SnapshotCandidate candidate(CoordinatorEffect.Commit commit, StateCut cut) {
        SnapshotContent content = new SnapshotContent(
                commit.number(),
                commit.mode(),
                backend,
                graph.parallelism(),
                graph.maxParallelism(),
                positions(commit.subtasks()),
                graph.vertices().stream()
                        .map(vertex -> content(vertex, commit.subtasks(), cut))
                        .toList(),
                cut.newBytes());
        return new SnapshotCandidate(
                commit.request().requestId(), commit.request().kind(), commit.startedAt(), content);
    }

    private static List<SourcePosition> positions(List<SubtaskSnapshot> subtasks) {
        return subtasks.stream()
                .flatMap(subtask -> subtask.positions().stream())
                .sorted(Comparator.comparing(SourcePosition::source).thenComparing(SourcePosition::split))
                .toList();
    }

    private static OperatorContent content(Vertex vertex, List<SubtaskSnapshot> subtasks, StateCut cut) {
        long watermark = subtasks.stream()
                .map(subtask -> subtask.watermarks().get(vertex.name()))
                .mapToLong(time -> time == null ? Watermark.MAX : time)
                .min()
                .orElse(Watermark.NONE);
        return new OperatorContent(
                vertex.name(),
                watermark == Watermark.MAX ? Watermark.NONE : watermark,
                cut.operators().getOrDefault(vertex.name(), List.of()));
    }

    static long totalBytes(StateCut cut) {
        return cut.operators().values().stream()
                .flatMap(List::stream)
                .flatMap(state -> state.runs().stream())
                .mapToLong(Run::sizeBytes)
                .sum();
    }
}
