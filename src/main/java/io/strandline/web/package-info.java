/**
 * The HTTP furniture every controller uses: pages and cursors, ETags, merge patches, who is calling, and how a problem
 * looks on the wire.
 *
 * <p>May use {@code catalog}, {@code problem}, and of {@code expression} what finds the name that a misspelt one means. Must never know a feature, a runner or the engine. Its sub-rooms turn
 * exceptions into problems ({@code errors}), guard the door ({@code guard}), keep one effect per key
 * ({@code idempotency}) and describe the API ({@code openapi}).
 */
@NullMarked
package io.strandline.web;

import org.jspecify.annotations.NullMarked;
