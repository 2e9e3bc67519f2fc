/**
 * Door to the {@code rocksdb} backend: runs as RocksDB's table files, written by the library and read where they lie, under tables
 * that keep what the memory budget has room for.
 *
 * <p>May use {@code state} with its rooms {@code instance} and {@code run}. RocksDB's types never leave it.
 */
@NullMarked
package io.strandline.state.rocksdb;

import org.jspecify.annotations.NullMarked;
