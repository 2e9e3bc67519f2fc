/**
 * What two versions of a job differ in: counted, kept for a while, and paged through entry by entry.
 *
 * <p>May use {@code inspect}, {@code operation}, {@code catalog}, {@code snapshot}, {@code state}, {@code storage}, {@code problem}
 * and {@code web}. Must never know how runs are encoded, nor disturb whoever runs.
 */
@NullMarked
package io.strandline.inspect.diff;

import org.jspecify.annotations.NullMarked;
