/**
 * Jobs over HTTP: submitting, listing, starting, stopping, changing pipelines.
 *
 * <p>May use {@code job} and what that may use. Nobody uses it.
 */
@NullMarked
package io.strandline.job.web;

import org.jspecify.annotations.NullMarked;
