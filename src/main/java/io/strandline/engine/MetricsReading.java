package io.strandline.engine;

import io.strandline.engine.JobMetrics.EdgeMetrics;
import io.strandline.engine.JobMetrics.OperatorMetrics;
import io.strandline.engine.chain.VertexCounters;
import io.strandline.engine.element.Watermark;
import io.strandline.engine.graph.Chain;
import io.strandline.engine.graph.Edge;
import io.strandline.engine.graph.JobGraph;
import io.strandline.engine.graph.Vertex;
import io.strandline.engine.graph.Vertex.OperatorVertex;
import io.strandline.engine.task.EdgeQueues;
import io.strandline.engine.task.Subtask;
import io.strandline.engine.task.TimeCounters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * Sums the counters of subtasks up by vertex, and the queues between them by edge.
 *
 * @param graph what runs
 * @param subtasks those that run it; empty before they are planned
 * @param queues one for each edge of the graph; empty before they are planned
 * @param stored how big the newest versions are
 */
record MetricsReading(JobGraph graph, List<Subtask> subtasks, List<EdgeQueues> queues, StoredState stored) {

    private static final String REJECTS = "dead-letters";

    List<OperatorMetrics> operators() {
        Map<String, List<Subtask>> hosts = new HashMap<>();
        Map<String, List<VertexCounters>> counters = new HashMap<>();
        for (Subtask subtask : subtasks) {
            subtask.counters().forEach((vertex, figures) -> {
                hosts.computeIfAbsent(vertex, any -> new ArrayList<>()).add(subtask);
                counters.computeIfAbsent(vertex, any -> new ArrayList<>()).add(figures);
            });
        }
        return Chain.of(graph).stream()
                .flatMap(chain -> chain.members().stream()
                        .map(vertex -> read(
                                vertex,
                                chain,
                                hosts.getOrDefault(vertex.name(), List.of()),
                                counters.getOrDefault(vertex.name(), List.of()))))
                .sorted((one, other) -> Integer.compare(position(one.name()), position(other.name())))
                .toList();
    }

    List<EdgeMetrics> edges() {
        return IntStream.range(0, graph.edges().size()).mapToObj(this::edge).toList();
    }

    long refusedRows() {
        return graph.vertices().stream()
                .filter(Vertex.SinkVertex.class::isInstance)
                .mapToLong(vertex -> ((Vertex.SinkVertex) vertex).sink().refusedRows())
                .sum();
    }

    private OperatorMetrics read(Vertex vertex, Chain chain, List<Subtask> hosts, List<VertexCounters> counters) {
        return new OperatorMetrics(
                vertex.name(),
                vertex instanceof Vertex.SourceVertex,
                vertex instanceof Vertex.SinkVertex,
                chain.head().name(),
                vertex.parallelism(),
                sum(counters, VertexCounters::recordsIn),
                sum(counters, VertexCounters::recordsOut),
                sum(counters, VertexCounters::lateRecords),
                counters.stream().mapToLong(VertexCounters::watermark).min().orElse(Watermark.NONE),
                times(hosts, TimeCounters::spent),
                times(hosts, TimeCounters::recent),
                stored.of(vertex.name()));
    }

    private static JobMetrics.Times times(List<Subtask> hosts, Function<TimeCounters, TimeCounters.Spent> reading) {
        List<TimeCounters.Spent> spent =
                hosts.stream().map(Subtask::time).map(reading).toList();
        return new JobMetrics.Times(
                sum(spent, TimeCounters.Spent::busy),
                sum(spent, TimeCounters.Spent::idle),
                sum(spent, TimeCounters.Spent::backpressured));
    }

    private EdgeMetrics edge(int index) {
        Edge edge = graph.edges().get(index);
        EdgeQueues queue = queues.isEmpty() ? EdgeQueues.NONE : queues.get(index);
        return new EdgeMetrics(edge, outputName(edge), Chain.chained(graph, edge), queue.waiting(), queue.capacity());
    }

    private String outputName(Edge edge) {
        if (edge.output() == 0) {
            return "";
        }
        return graph.vertex(edge.from()) instanceof OperatorVertex operator
                ? operator.factory().outputs().get(edge.output() - 1).name()
                : REJECTS;
    }

    private int position(String vertex) {
        return graph.vertices().indexOf(graph.vertex(vertex));
    }

    private static <T> long sum(List<T> of, ToLongFunction<T> figure) {
        return of.stream().mapToLong(figure).sum();
    }
}
