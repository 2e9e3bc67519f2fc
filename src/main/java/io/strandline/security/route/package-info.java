/**
 * The role that every route needs, as one table.
 *
 * <p>May use {@code catalog} (roles). Must never know which controllers there are: a test compares.
 */
@NullMarked
package io.strandline.security.route;

import org.jspecify.annotations.NullMarked;
