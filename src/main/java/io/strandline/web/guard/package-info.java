/**
 * The door: request ids, allowed hosts and origins, security headers, limits on bodies, and the order of all of it.
 *
 * <p>May use {@code web} and {@code problem}. Must never know a feature, nor who is calling.
 */
@NullMarked
package io.strandline.web.guard;

import org.jspecify.annotations.NullMarked;
