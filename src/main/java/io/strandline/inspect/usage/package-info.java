/**
 * What versions take: their files and who shares them, bytes by job, branch and kind, and how the state of operators grows.
 *
 * <p>May use {@code inspect}, {@code catalog}, {@code snapshot}, {@code storage}, {@code problem} and {@code web}. Must never know
 * what files hold.
 */
@NullMarked
package io.strandline.inspect.usage;

import org.jspecify.annotations.NullMarked;
