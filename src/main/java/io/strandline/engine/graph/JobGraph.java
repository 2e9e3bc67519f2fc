package io.strandline.engine.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an instance runs. It belongs to one start, because its sinks and functions do.
 *
 * @param vertices each after the one it reads
 * @param edges exactly one into each operator and sink
 * @param maxParallelism number of key groups
 */
public record JobGraph(List<Vertex> vertices, List<Edge> edges, int maxParallelism) {

    public JobGraph {
        vertices = List.copyOf(vertices);
        edges = List.copyOf(edges);
        Set<String> seen = new HashSet<>();
        for (Vertex vertex : vertices) {
            if (vertex.parallelism() < 1 || vertex.parallelism() > maxParallelism) {
                throw new IllegalArgumentException(
                        vertex.name() + " has parallelism " + vertex.parallelism() + " of at most " + maxParallelism);
            }
            checkInput(vertex, edges, seen);
            if (!seen.add(vertex.name())) {
                throw new IllegalArgumentException("two vertices are called " + vertex.name());
            }
        }
    }

    /** The vertex of this name. */
    public Vertex vertex(String name) {
        return vertices.stream()
                .filter(vertex -> vertex.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no vertex " + name));
    }

    /** The edges that leave a vertex. */
    public List<Edge> outputs(String name) {
        return edges.stream().filter(edge -> edge.from().equals(name)).toList();
    }

    /** The edges that enter a vertex. */
    public List<Edge> inputs(String name) {
        return edges.stream().filter(edge -> edge.to().equals(name)).toList();
    }

    /** The most subtasks that a vertex has. */
    public int parallelism() {
        return vertices.stream().mapToInt(Vertex::parallelism).max().orElse(1);
    }

    private static void checkInput(Vertex vertex, List<Edge> edges, Set<String> before) {
        List<Edge> inputs =
                edges.stream().filter(edge -> edge.to().equals(vertex.name())).toList();
        int expected = vertex instanceof Vertex.SourceVertex ? 0 : 1;
        if (inputs.size() != expected) {
            throw new IllegalArgumentException(
                    vertex.name() + " has " + inputs.size() + " inputs instead of " + expected);
        }
        for (Edge edge : inputs) {
            if (!before.contains(edge.from())) {
                throw new IllegalArgumentException(edge + " comes from no earlier vertex");
            }
        }
    }

    private void checkForward(Edge edge) {
        int from = vertex(edge.from()).parallelism();
        int to = vertex(edge.to()).parallelism();
        if (edge.exchange() instanceof Exchange.Forward && from != to) {
            throw new IllegalArgumentException(edge + " joins parallelism " + from + " and " + to);
        }
    }
}
