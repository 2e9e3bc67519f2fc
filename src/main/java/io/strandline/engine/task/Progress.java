package io.strandline.engine.task;

/** What a step came to. */
enum Progress {
    /** Something was done: step again soon. */
    WORKED,
    /** There is nothing to do. */
    IDLE,
    /** There is no room downstream. */
    BLOCKED,
    /** The subtask has ended: never step again. */
    ENDED
}
