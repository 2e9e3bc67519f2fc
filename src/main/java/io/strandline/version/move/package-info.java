/**
 * Moves of heads that a person asks for: restore, fast-forward, promote, undo.
 *
 * <p>{@link io.strandline.version.move.Restores}, {@link io.strandline.version.move.FastForwards},
 * {@link io.strandline.version.move.Promotions} and {@link io.strandline.version.move.Undos} each refuse what cannot be and
 * make a plan of the rest; {@link io.strandline.version.move.Moves} carries any plan out, all or nothing, and
 * {@link io.strandline.version.move.InterruptedMoves} goes on with what a stopped server left. May use what {@code version}
 * may. Must never know how instances run or how files are stored.
 */
@NullMarked
package io.strandline.version.move;

import org.jspecify.annotations.NullMarked;
