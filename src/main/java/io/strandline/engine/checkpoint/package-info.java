/**
 * Checkpoints: the coordinator as a pure state machine, the loop that drives it, settings, outcomes and the road to the ledger.
 *
 * <p>May use {@code snapshot} and {@code state}. Must never know subtasks, channels or operators.
 */
@NullMarked
package io.strandline.engine.checkpoint;

import org.jspecify.annotations.NullMarked;
