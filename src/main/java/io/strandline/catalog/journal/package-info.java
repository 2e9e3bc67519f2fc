/**
 * The fsynced, hash-chained order of every change: the truth, the audit and the reflog; and the data directory it lies in.
 *
 * <p>May use the catalog's base and {@code storage.disk}, which every byte and name goes through. Must never know the catalog's database, HTTP, runners or engines.
 */
@NullMarked
package io.strandline.catalog.journal;

import org.jspecify.annotations.NullMarked;
