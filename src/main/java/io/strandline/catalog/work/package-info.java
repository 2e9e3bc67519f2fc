/**
 * What the server was asked to do and what it thought up: operations, answers kept for idempotency keys, and documents
 * such as retention plans that live in the catalog only.
 *
 * <p>Reads and catalog-only writes; everything journaled goes through {@link io.strandline.catalog.Ledger}. May use the
 * catalog's base. Must never know who runs operations or makes plans.
 */
@NullMarked
package io.strandline.catalog.work;

import org.jspecify.annotations.NullMarked;
