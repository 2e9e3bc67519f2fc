/**
 * The catalog's tables: entities, what each change does to them, and the reads.
 *
 * <p>May use the catalog's base, its journal, ledger and {@code catalog.rows}, {@code snapshot}, {@code storage} and
 * {@code problem}. Must never know HTTP, runners or engines.
 */
@NullMarked
package io.strandline.catalog.jpa;

import org.jspecify.annotations.NullMarked;
