package io.strandline.engine.graph;

/**
 * A stream between two vertices.
 *
 * @param from name of the vertex that emits
 * @param to name of the vertex that receives
 * @param exchange how rows are shared out
 */
public record Edge(String from, String to, Exchange exchange) {}
