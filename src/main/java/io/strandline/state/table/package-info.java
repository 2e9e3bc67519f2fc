/**
 * Hot tables and timers: entries decoded in flat arrays, what changed in which epoch, freezes and their copies, eviction.
 *
 * <p>May use the base package, {@code run} for what a table does not hold, and {@code snapshot}. Must never know who freezes a
 * table, where copies are written, or a backend.
 */
@NullMarked
package io.strandline.state.table;

import org.jspecify.annotations.NullMarked;
