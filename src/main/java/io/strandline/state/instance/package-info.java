/**
 * The state of one job instance: its tables by subtask, the flushes that make runs of their freezes, the list of runs from which
 * versions are cut, and merges. Backends differ in the run format they write and in how deep their tables are.
 *
 * <p>May use the base package, {@code table}, {@code run}, {@code snapshot} and {@code storage}. Must never know a backend.
 */
@NullMarked
package io.strandline.state.instance;

import org.jspecify.annotations.NullMarked;
