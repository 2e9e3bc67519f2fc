/**
 * Our engine under the benchmark's workloads, through its facade, over a durable store and a ledger of manifests.
 *
 * <p>May use {@code measure} and the doors of the engine, {@code state}, {@code snapshot} and {@code storage}. Must never know
 * the control rooms.
 */
@NullMarked
package io.strandline.bench.strandline;

import org.jspecify.annotations.NullMarked;
