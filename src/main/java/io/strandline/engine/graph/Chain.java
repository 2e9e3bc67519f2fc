package io.strandline.engine.graph;

import java.util.ArrayList;
import java.util.List;

/**
 * Vertices that run together in one subtask: a tree whose edges need no exchange.
 *
 * @param head the vertex that reads, from outside or from channels
 * @param members all of them, each after the one it reads, the head first
 */
public record Chain(Vertex head, List<Vertex> members) {

    public Chain {
        members = List.copyOf(members);
    }

    /** The chains of a graph, in its vertices' order. */
    public static List<Chain> of(JobGraph graph) {
        List<Chain> chains = new ArrayList<>();
        for (Vertex vertex : graph.vertices()) {
            if (graph.inputs(vertex.name()).stream().noneMatch(edge -> chained(graph, edge))) {
                List<Vertex> members = new ArrayList<>();
                collect(graph, vertex, members);
                chains.add(new Chain(vertex, members));
            }
        }
        return chains;
    }

    /**
     * Whether both ends of an edge run in one subtask: rows stay where they are, or there is but one place to go to. A vertex
     * of several inputs heads a chain of its own, since it has to wait for barriers and watermarks of all of them.
     */
    public static boolean chained(JobGraph graph, Edge edge) {
        if (graph.inputs(edge.to()).size() > 1) {
            return false;
        }
        int from = graph.vertex(edge.from()).parallelism();
        int to = graph.vertex(edge.to()).parallelism();
        return from == to && (from == 1 || edge.exchange() instanceof Exchange.Forward);
    }

    private static void collect(JobGraph graph, Vertex vertex, List<Vertex> members) {
        members.add(vertex);
        for (Edge edge : graph.outputs(vertex.name())) {
            if (chained(graph, edge)) {
                collect(graph, graph.vertex(edge.to()), members);
            }
        }
    }
}
