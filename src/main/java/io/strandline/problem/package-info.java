/**
 * What can go wrong, as values: every error code with its HTTP status and its way out, and the one exception that carries
 * it to the caller.
 *
 * <p>May use nothing but the JDK. Must never know HTTP libraries, Spring or any other room.
 */
@NullMarked
package io.strandline.problem;

import org.jspecify.annotations.NullMarked;
