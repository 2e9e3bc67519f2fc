/**
 * A sink that keeps nothing.
 *
 * <p>May use {@code connector} and {@code element}. Must never know who writes to it.
 */
@NullMarked
package io.strandline.engine.connector.discard;

import org.jspecify.annotations.NullMarked;
