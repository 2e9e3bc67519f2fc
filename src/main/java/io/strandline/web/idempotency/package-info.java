/**
 * One effect per Idempotency-Key: the filter that replays answers, and the store it needs.
 *
 * <p>May use {@code web} and {@code problem}. Must never know which call it guards.
 */
@NullMarked
package io.strandline.web.idempotency;

import org.jspecify.annotations.NullMarked;
