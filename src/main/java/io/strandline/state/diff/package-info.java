/**
 * What two versions of a state differ in, found by reading only where their lists of runs differ.
 *
 * <p>May use {@code state}, {@code state.run}, {@code snapshot} and {@code storage}. Must never know how runs are encoded, which
 * backend wrote them, or who asks.
 */
@NullMarked
package io.strandline.state.diff;

import org.jspecify.annotations.NullMarked;
