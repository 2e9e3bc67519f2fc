/**
 * Door to the backends that keep all state on the heap, over flat runs: {@code filesystem}, and {@code memory}, which is the same
 * over a snapshot store in memory.
 *
 * <p>May use {@code state} with its rooms {@code run} and {@code table}. Must never know RocksDB.
 */
@NullMarked
package io.strandline.state.heap;

import org.jspecify.annotations.NullMarked;
