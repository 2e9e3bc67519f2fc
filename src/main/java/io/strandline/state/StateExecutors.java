package io.strandline.state;

import java.util.concurrent.Executor;

/**
 * Who does a backend's work in the background.
 *
 * @param flusher runs flushes, which checkpoints wait for
 * @param merger runs merges: apart from the flushes, which would wait behind one for as long as its runs are large
 */
public record StateExecutors(Executor flusher, Executor merger) {}
