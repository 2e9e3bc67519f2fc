package io.strandline.engine.task;

/**
 * A subtask of an instance.
 *
 * @param vertex name of the vertex at the head of its chain
 * @param index from 0
 */
public record SubtaskId(String vertex, int index) {}
