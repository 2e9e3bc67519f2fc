/**
 * Checkpoints and versions over HTTP.
 *
 * <p>May use {@code checkpoint} and what that may use. Nobody uses it.
 */
@NullMarked
package io.strandline.checkpoint.web;

import org.jspecify.annotations.NullMarked;
