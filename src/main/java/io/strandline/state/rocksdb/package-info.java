/**
 * Door to the {@code rocksdb} backend: runs as SST files, read through a throw-away database that they are ingested into, under
 * tables that keep what the memory budget has room for.
 *
 * <p>May use {@code state} with its rooms {@code run} and {@code table}. RocksDB's types never leave it.
 */
@NullMarked
package io.strandline.state.rocksdb;

import org.jspecify.annotations.NullMarked;
