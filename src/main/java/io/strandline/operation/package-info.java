/**
 * Long-running work: accepted in the journal before it starts, followed by progress and stages, waited for, cancelled,
 * and never lost.
 *
 * <p>May use {@code catalog}, {@code problem} and {@code web}. Must never know what kinds of work there are.
 */
@NullMarked
package io.strandline.operation;

import org.jspecify.annotations.NullMarked;
