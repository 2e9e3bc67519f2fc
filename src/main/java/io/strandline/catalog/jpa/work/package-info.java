/**
 * Tables of what lives in the catalog only: checkpoint attempts and documents.
 *
 * <p>May use the catalog's base and {@code catalog.work}. Must never know the journal.
 */
@NullMarked
package io.strandline.catalog.jpa.work;

import org.jspecify.annotations.NullMarked;
