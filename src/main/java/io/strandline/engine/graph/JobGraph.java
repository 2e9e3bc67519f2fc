package io.strandline.engine.graph;

import io.strandline.engine.connector.DeadLetters;
import io.strandline.engine.element.RowType;
import io.strandline.engine.graph.Vertex.OperatorVertex;
import io.strandline.engine.graph.Vertex.SourceVertex;
import io.strandline.engine.operator.OperatorFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an instance runs. It belongs to one start, because its sinks and functions do.
 *
 * @param vertices each after those it reads, so no stream leads back to where it came from
 * @param edges as many into each operator as it has inputs, in their order, and one into each sink
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
            checkInputs(vertex, edges, seen);
            if (!seen.add(vertex.name())) {
                throw new IllegalArgumentException("two vertices are called " + vertex.name());
            }
        }
        for (Edge edge : edges) {
            checkEnds(edge, find(vertices, edge.from()), find(vertices, edge.to()));
        }
    }

    /** The vertex of this name. */
    public Vertex vertex(String name) {
        return find(vertices, name);
    }

    /** The edges that leave a vertex. */
    public List<Edge> outputs(String name) {
        return edges.stream().filter(edge -> edge.from().equals(name)).toList();
    }

    /** The edges that enter a vertex, in the order of its inputs. */
    public List<Edge> inputs(String name) {
        return edges.stream().filter(edge -> edge.to().equals(name)).toList();
    }

    /** The most subtasks that a vertex has. */
    public int parallelism() {
        return vertices.stream().mapToInt(Vertex::parallelism).max().orElse(1);
    }

    /** The rows of a stream. */
    public RowType type(Edge edge) {
        return type(vertex(edge.from()), edge.output());
    }

    private static RowType type(Vertex from, int output) {
        if (from instanceof SourceVertex source && output == 0) {
            return source.source().type();
        }
        if (from instanceof SourceVertex source && output == 1 && source.deadLetters() != null) {
            return DeadLetters.TYPE;
        }
        if (from instanceof OperatorVertex operator) {
            OperatorFactory factory = operator.factory();
            if (output == 0) {
                return factory.output();
            }
            if (output > 0 && output <= factory.outputs().size()) {
                return factory.outputs().get(output - 1).type();
            }
        }
        throw new IllegalArgumentException(from.name() + " has no output " + output);
    }

    private static Vertex find(List<Vertex> vertices, String name) {
        return vertices.stream()
                .filter(vertex -> vertex.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no vertex " + name));
    }

    private static void checkInputs(Vertex vertex, List<Edge> edges, Set<String> before) {
        List<Edge> inputs =
                edges.stream().filter(edge -> edge.to().equals(vertex.name())).toList();
        int expected = inputs(vertex);
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

    private static int inputs(Vertex vertex) {
        if (vertex instanceof OperatorVertex operator) {
            return operator.factory().inputs();
        }
        return vertex instanceof SourceVertex ? 0 : 1;
    }

    private static void checkEnds(Edge edge, Vertex from, Vertex to) {
        int columns = type(from, edge.output()).size();
        if (edge.exchange() instanceof Exchange.Keyed keyed
                && keyed.columns().stream().anyMatch(column -> column < 0 || column >= columns)) {
            throw new IllegalArgumentException(edge + " has a key column out of " + columns);
        }
        if (edge.exchange() instanceof Exchange.Forward && from.parallelism() != to.parallelism()) {
            throw new IllegalArgumentException(
                    edge + " joins parallelism " + from.parallelism() + " and " + to.parallelism());
        }
    }
}
