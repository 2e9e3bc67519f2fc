package io.strandline.engine;

import io.strandline.engine.chain.VertexCounters;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.task.Subtask;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Sums the counters of subtasks up by vertex.
 *
 * @param graph what runs
 * @param subtasks those that run it
 */
record MetricsReading(JobGraph graph, List<Subtask> subtasks) {

    List<JobMetrics.OperatorMetrics> operators() {
        return graph.vertices().stream().map(this::read).toList();
    }

    private JobMetrics.OperatorMetrics read(Vertex vertex) {
        List<Subtask> hosts = subtasks.stream()
                .filter(subtask -> subtask.counters().containsKey(vertex.name()))
                .toList();
        List<VertexCounters> counters =
                hosts.stream().map(host -> host.counters().get(vertex.name())).toList();
        return new JobMetrics.OperatorMetrics(
                vertex.name(),
                vertex instanceof Vertex.SourceVertex,
                vertex instanceof Vertex.SinkVertex,
                sum(counters, VertexCounters::recordsIn),
                sum(counters, VertexCounters::recordsOut),
                sum(counters, VertexCounters::lateRecords),
                counters.stream().mapToLong(VertexCounters::watermark).min().orElse(Watermark.NONE),
                sum(hosts, host -> host.time().busy()),
                sum(hosts, host -> host.time().idle()),
                sum(hosts, host -> host.time().backpressured()));
    }

    private static <T> long sum(List<T> of, ToLongFunction<T> figure) {
        return of.stream().mapToLong(figure).sum();
    }
}
