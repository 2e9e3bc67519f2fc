package io.strandline.engine.connector;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What a subtask's writer needs to know.
 *
 * @param branch the branch the instance runs on
 * @param subtask index, from 0
 * @param blocking runs what may block, such as an fsync
 * @param nanos monotonic clock
 * @param storageFull tells failures that mean that there is no room left
 */
public record SinkWriterContext(
        String branch, int subtask, Executor blocking, LongSupplier nanos, Predicate<Throwable> storageFull) {}
