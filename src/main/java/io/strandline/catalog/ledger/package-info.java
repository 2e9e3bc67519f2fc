/**
 * The order of every change: per-scope locks, transaction, journal entry, commit; entries the catalog has yet to learn of;
 * what finished checkpoints need while the catalog is down; and the start-up that makes all of it agree.
 *
 * <p>May use the catalog's base, its history's types and its journal, {@code snapshot}, {@code storage} and {@code problem}. The catalog itself
 * is behind {@link io.strandline.catalog.ledger.CatalogIndex}; which database it is this package never knows.
 */
@NullMarked
package io.strandline.catalog.ledger;

import org.jspecify.annotations.NullMarked;
