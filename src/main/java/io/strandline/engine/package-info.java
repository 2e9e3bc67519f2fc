/**
 * The streaming engine's facade: start a job's graph, follow it, checkpoint it, end it.
 *
 * <p>Puts the rooms below together and may use all of them, {@code state} and {@code snapshot}; none of them knows this
 * package. Must never know pipelines, runners, the catalog or where versions are kept.
 */
@NullMarked
package io.strandline.engine;

import org.jspecify.annotations.NullMarked;
