/**
 * What operators look at: health with its reasons, and meters that are there from start-up at zero.
 *
 * <p>Measures by standing in front of a seam (a decorator of the runner and of the ledger), so that no room knows it is
 * measured; retention and garbage collection, which have no seam, count for themselves. The series of a job, its operators
 * and streams come and go with its instance. In which degraded modes the server is, {@link io.strandline.ops.DegradedModes}
 * asks the parts that know; {@code web} below shows it. May use {@code runner}, {@code catalog}, {@code snapshot}, {@code
 * storage}, {@code checkpoint}, {@code problem} and {@code web}. Must never change what passes through.
 */
@NullMarked
package io.strandline.ops;

import org.jspecify.annotations.NullMarked;
