/**
 * The snapshot store in memory: size-capped, gone with the process, and it says so.
 *
 * <p>May use {@code storage}. Must never know what the bytes mean, nor touch a file except the throw-away copies it is
 * asked for.
 */
@NullMarked
package io.strandline.storage.memory;

import org.jspecify.annotations.NullMarked;
