/**
 * The launcher of benchmarks: runs our engine here and each peer in a process of its own, with the same flags.
 *
 * <p>May use {@code measure}, {@code series} and {@code strandline}. Must never know a peer's classes.
 */
@NullMarked
package io.strandline.bench;

import org.jspecify.annotations.NullMarked;
