/**
 * Hazelcast Jet under the benchmark's workloads, as one member: processors written against its core API, state in a map of
 * primitive keys, partitions computed without serialising a key, the sink within the keyed processor.
 *
 * <p>May use {@code measure} and Hazelcast.
 */
@NullMarked
package io.strandline.bench.jet;

import org.jspecify.annotations.NullMarked;
