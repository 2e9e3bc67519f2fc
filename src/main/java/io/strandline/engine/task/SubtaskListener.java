package io.strandline.engine.task;

import org.jspecify.annotations.Nullable;

/** Told what becomes of subtasks, by workers and flushers; must not block. */
public interface SubtaskListener {

    /** Its state, connectors and operators are open. */
    void opened(SubtaskId subtask);

    /** Its sources have ended and everything that follows from their rows has been sent on. */
    void drained(SubtaskId subtask);

    /** Its part of a snapshot is durable. */
    void acknowledged(SubtaskId subtask, Acknowledgement acknowledgement);

    /** Its part of a snapshot cannot be written; a later attempt may make good for it. */
    void declined(SubtaskId subtask, long number, Throwable cause);

    /**
     * A sink's subtask has no room for more rows, or has room again.
     *
     * @param cause why it has none, null when it has
     */
    void stalled(String sink, int subtask, @Nullable Throwable cause);

    /**
     * It does not come to the end of a step; told once a step.
     *
     * @param vertex the vertex at work, if one is
     */
    void stuck(SubtaskId subtask, @Nullable String vertex, StuckStepException stuck);

    /**
     * It threw and has ended, or its output is lost.
     *
     * @param vertex the vertex that threw, if one did
     */
    void failed(SubtaskId subtask, @Nullable String vertex, Throwable cause);
}
