/**
 * What happens, told as it happens: every change of the audit in the journal's order, and beside it what is worth watching
 * and not journaled, such as the progress of checkpoints and operations.
 *
 * <p>May use {@code job}, {@code operation}, {@code runner}, {@code catalog}, {@code snapshot}, {@code problem} and {@code
 * web}. Must never change anything, nor hold up who does: readers fetch what they have not seen, at their own pace.
 */
@NullMarked
package io.strandline.event;

import org.jspecify.annotations.NullMarked;
