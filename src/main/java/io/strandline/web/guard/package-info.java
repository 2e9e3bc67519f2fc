/**
 * The door
 *
 * <p>May use  request ids, allowed hosts and origins, security headers, limits on bodies, and where the server may listen.:{@code web} and {@code problem}. Must never know a feature.
 */
@NullMarked
package io.strandline.web.guard;

import org.jspecify.annotations.NullMarked;
