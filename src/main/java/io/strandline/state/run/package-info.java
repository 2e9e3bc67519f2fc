/**
 * Sorted runs: the flat encoding, cursors that merge several runs into one, and batched look-ups through a list of
 * them.
 *
 * <p>May use the base package, {@code snapshot} and {@code storage}. Must never know tables, freezes or who writes runs.
 */
@NullMarked
package io.strandline.state.run;

import org.jspecify.annotations.NullMarked;
