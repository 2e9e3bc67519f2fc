/**
 * Policies where they rule: saved at their levels, merged for a job, and asked about each of its versions.
 *
 * <p>May use the pure rules of {@code retention}, {@code catalog}, {@code snapshot}, {@code problem} and {@code web}'s
 * furniture. Must never know plans, files or HTTP requests.
 */
@NullMarked
package io.strandline.retention.policy;

import org.jspecify.annotations.NullMarked;
