package io.strandline.runner.embedded;

import io.strandline.engine.JobEnd;
import io.strandline.engine.JobListener;
import io.strandline.engine.checkpoint.AttemptReport;
import io.strandline.engine.checkpoint.SubtaskStatistics;
import io.strandline.engine.connector.OutputMove;
import io.strandline.runner.InstanceListener;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Tells the runner's listener what the engine tells. */
final class ListenerAdapter implements JobListener {

    private static final double NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private final InstanceListener listener;
    private final Map<String, String> sinkPaths;

    /** @param sinkPaths where each file sink writes, relative to the files root */
    ListenerAdapter(InstanceListener listener, Map<String, String> sinkPaths) {
        this.listener = listener;
        this.sinkPaths = Map.copyOf(sinkPaths);
    }

    @Override
    public void outputsReconciled(List<OutputMove> moves) {
        List<io.strandline.runner.OutputMove> told =
                moves.stream().flatMap(this::translate).toList();
        if (!told.isEmpty()) {
            listener.outputsReconciled(told);
        }
    }

    @Override
    public void running() {
        listener.running();
    }

    @Override
    public void attempt(AttemptReport report) {
        listener.attempt(translate(report));
    }

    @Override
    public void ended(JobEnd end) {
        if (end instanceof JobEnd.Finished) {
            listener.finished();
        } else if (end instanceof JobEnd.Failed failed) {
            listener.failed(FailureCodes.translate(failed.cause()));
        }
    }

    /** Staged files that were deleted were never anybody's output. */
    private Stream<io.strandline.runner.OutputMove> translate(OutputMove move) {
        return action(move.action())
                .map(action -> new io.strandline.runner.OutputMove(
                        move.sink(), path(move.sink(), move.from()), path(move.sink(), move.to()), action))
                .stream();
    }

    /** The engine names a file by its way from the sink's directory, which may lead out of it to one the sink had before. */
    private String path(String sink, String file) {
        String directory = sinkPaths.getOrDefault(sink, "");
        return Path.of(directory, file).normalize().toString();
    }

    private static Optional<io.strandline.runner.OutputMove.Action> action(OutputMove.Action action) {
        return switch (action) {
            case COMMITTED -> Optional.of(io.strandline.runner.OutputMove.Action.COMMITTED);
            case WITHDRAWN -> Optional.of(io.strandline.runner.OutputMove.Action.WITHDRAWN);
            case RETURNED -> Optional.of(io.strandline.runner.OutputMove.Action.RETURNED);
            case DELETED -> Optional.empty();
        };
    }

    private static io.strandline.runner.AttemptReport translate(AttemptReport report) {
        AttemptReport.Phase failedPhase = report.failedPhase();
        return new io.strandline.runner.AttemptReport(
                report.number(),
                report.requestId(),
                report.kind(),
                report.mode(),
                io.strandline.runner.AttemptReport.State.valueOf(report.state().name()),
                report.startedAt(),
                report.endedAt(),
                phases(report.phaseNanos()),
                report.subtasks().stream().map(ListenerAdapter::translate).toList(),
                report.newBytes(),
                report.totalBytes(),
                report.failure() == null ? null : FailureCodes.translate(report.failure()),
                failedPhase == null ? null : name(failedPhase));
    }

    private static Map<String, Double> phases(Map<AttemptReport.Phase, Long> nanos) {
        Map<String, Double> millis = new LinkedHashMap<>();
        nanos.forEach((phase, value) -> millis.put(name(phase), value / NANOS_PER_MILLI));
        return millis;
    }

    private static String name(AttemptReport.Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static io.strandline.runner.AttemptReport.SubtaskReport translate(SubtaskStatistics subtask) {
        return new io.strandline.runner.AttemptReport.SubtaskReport(
                subtask.vertex(),
                subtask.subtask(),
                subtask.startDelayNanos() / NANOS_PER_MILLI,
                subtask.alignmentNanos() / NANOS_PER_MILLI,
                subtask.freezeNanos() / NANOS_PER_MILLI,
                subtask.asyncNanos() / NANOS_PER_MILLI,
                subtask.processedInFlightBytes(),
                subtask.persistedInFlightBytes(),
                subtask.dirtyEntries(),
                subtask.newBytes(),
                subtask.totalBytes());
    }
}
