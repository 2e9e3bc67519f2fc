/**
 * API keys over HTTP.
 *
 * <p>May use {@code security.key}, {@code catalog}, {@code problem} and {@code web}.
 */
@NullMarked
package io.strandline.security.web;

import org.jspecify.annotations.NullMarked;
