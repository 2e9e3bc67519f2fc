/**
 * Stored versions opened read-only: one key, a page of keys in their order, or everything.
 *
 * <p>May use {@code state}, {@code state.run}, {@code snapshot} and {@code storage}. Must never know of instances, nor of backends.
 */
@NullMarked
package io.strandline.state.stored;

import org.jspecify.annotations.NullMarked;
