/**
 * The way out of the store: purges what lies in the trash long enough, puts files nobody names into quarantine, and
 * unlinks them once a second, independent witness has missed them too.
 *
 * <p>Rows and pins decide what is condemned, a walk over the manifests on disk decides what is unlinked, no age decides
 * anything (age-based collectors have destroyed live data elsewhere). Disagreement or a read error deletes nothing and
 * opens a circuit. May use {@code retention.plan} for the clock, {@code operation}, {@code catalog}, {@code snapshot},
 * {@code storage} and {@code problem}. Must never know policies or HTTP requests.
 */
@NullMarked
package io.strandline.retention.gc;

import org.jspecify.annotations.NullMarked;
