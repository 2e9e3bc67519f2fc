/**
 * Apache Flink under the benchmark's workloads, in a MiniCluster of one task manager: object reuse, serialisers written by
 * hand, a source that emits in batches, a sink chained to the keyed operator, no restart delay.
 *
 * <p>May use {@code measure} and Flink.
 */
@NullMarked
package io.strandline.bench.flink;

import org.jspecify.annotations.NullMarked;
