/**
 * How the server is, over HTTP: its release, and the degraded modes it is in.
 *
 * <p>May use {@code ops} and {@code web}. Must answer whatever is broken: it reads memory only.
 */
@NullMarked
package io.strandline.ops.web;

import org.jspecify.annotations.NullMarked;
