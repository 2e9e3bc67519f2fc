package io.strandline.engine.graph;

/**
 * A stream between two vertices. A vertex's inputs are numbered from 0 in the order of the edges that enter it.
 *
 * @param from name of the vertex that emits
 * @param output which of its outputs is read: 0 is the main one, those of {@code OperatorFactory.outputs()} follow
 * @param to name of the vertex that receives
 * @param exchange how rows are shared out
 */
public record Edge(String from, int output, String to, Exchange exchange) {

    /** A stream of the main output. */
    public Edge(String from, String to, Exchange exchange) {
        this(from, 0, to, exchange);
    }
}
