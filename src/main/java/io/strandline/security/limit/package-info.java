/**
 * A caller's fair share: so many requests a second, so many at once.
 *
 * <p>May use the base of {@code security}, {@code problem} and {@code web}. Must never know what a request is about.
 */
@NullMarked
package io.strandline.security.limit;

import org.jspecify.annotations.NullMarked;
