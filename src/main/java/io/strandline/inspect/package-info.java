/**
 * Looks inside versions: one key's value, the manifest, and whether everything is still what it was when it was committed.
 *
 * <p>May use {@code runner}, {@code operation}, {@code catalog}, {@code snapshot}, {@code state}, {@code storage}, {@code
 * problem} and {@code web}. Must never know how runs are encoded, nor disturb whoever runs.
 */
@NullMarked
package io.strandline.inspect;

import org.jspecify.annotations.NullMarked;
