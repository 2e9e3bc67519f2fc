/**
 * The calls that look inside versions.
 *
 * <p>May use {@code inspect} and its sub-rooms, {@code operation}, {@code catalog}, {@code problem} and {@code web}. Must never know how
 * answers are found.
 */
@NullMarked
package io.strandline.inspect.web;

import org.jspecify.annotations.NullMarked;
