/**
 * Keyed state while a job runs: hot tables and timers, their freezes, the flusher that makes runs of them, the list of runs
 * of an instance, and merges. Backends differ in the run format they write and in how deep their tables are.
 *
 * <p>May use the base package, {@code run}, {@code snapshot} and {@code storage}. Must never know a backend.
 */
@NullMarked
package io.strandline.state.table;

import org.jspecify.annotations.NullMarked;
