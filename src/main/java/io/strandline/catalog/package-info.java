/**
 * The ledger: jobs, snapshots, refs, holds, policies and operations — what is true of them, and the one way to change it.
 *
 * <p>{@link io.strandline.catalog.Catalog} reads; {@link io.strandline.catalog.Ledger} changes: a change is made in a
 * catalog transaction, then appended to the journal (whose fsync makes it true), then committed. May use {@code snapshot},
 * {@code storage} (digests) and {@code problem}. Must never know HTTP, runners or engines; {@code journal} and {@code jpa}
 * below implement it and this package never imports them.
 */
@NullMarked
package io.strandline.catalog;

import org.jspecify.annotations.NullMarked;
