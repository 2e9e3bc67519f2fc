package io.strandline.engine.connector;

import java.util.concurrent.Executor;

/**
 * What a subtask's writer needs to know.
 *
 * @param branch the branch the instance runs on
 * @param subtask index, from 0
 * @param blocking runs what may block, such as an fsync
 */
public record SinkWriterContext(String branch, int subtask, Executor blocking) {}
