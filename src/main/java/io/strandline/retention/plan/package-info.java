/**
 * Policies at work: saves them at their levels, explains what becomes of a version, makes plans of what would expire and
 * applies them, item by item, by hand or on schedule.
 *
 * <p>May use the pure rules of {@code retention}, {@code operation}, {@code catalog}, {@code snapshot}, {@code problem} and
 * {@code web}'s furniture. Must never know files or how space is freed ({@code gc}'s), nor HTTP requests.
 */
@NullMarked
package io.strandline.retention.plan;

import org.jspecify.annotations.NullMarked;
