/**
 * Answers put together from several reads, or asked for by name: which version a revision expression means, a version's
 * manifest, how long the trash keeps things, who has an API key.
 *
 * <p>May use the catalog's base, {@code snapshot} and {@code problem}. Must never know HTTP or which feature asks.
 */
@NullMarked
package io.strandline.catalog.lookup;

import org.jspecify.annotations.NullMarked;
