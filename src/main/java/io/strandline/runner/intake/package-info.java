/**
 * How records from outside reach what runs: who takes them in, for which source of which job, and what came of it.
 *
 * <p>May use {@code snapshot}. Must never know how records are kept, nor where the job runs.
 */
@NullMarked
package io.strandline.runner.intake;

import org.jspecify.annotations.NullMarked;
