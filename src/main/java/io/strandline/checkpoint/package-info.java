/**
 * Checkpoints and the versions they yield: triggering, following attempts, committing what is finished, and looking at,
 * describing, deleting and bringing back versions.
 *
 * <p>{@link io.strandline.checkpoint.Checkpoints} triggers and follows, {@link io.strandline.checkpoint.Snapshots} keeps
 * versions. May use {@code runner}, {@code operation}, {@code catalog}, {@code snapshot}, {@code storage} (whether there is
 * room), {@code problem} and {@code web}. Must never know how jobs are started or what refs mean beyond that they protect.
 */
@NullMarked
package io.strandline.checkpoint;

import org.jspecify.annotations.NullMarked;
