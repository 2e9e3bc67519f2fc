/**
 * One effect per Idempotency-Key: the filter that replays answers, and the store it needs.
 *
 * <p>May use {@code web}, {@code catalog} and {@code problem}. Must never know which call it guards: how an effect is
 * answered the rooms say ({@link io.strandline.web.EffectAnswer}).
 */
@NullMarked
package io.strandline.web.idempotency;

import org.jspecify.annotations.NullMarked;
