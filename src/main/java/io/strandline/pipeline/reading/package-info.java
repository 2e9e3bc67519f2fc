/**
 * Reads pipeline documents: text to fields, fields to specifications, specifications to a checked pipeline, and every mistake
 * on the way with its place.
 *
 * <p>May use {@code pipeline}, {@code expression} and {@code problem}. Must never know what runs a pipeline.
 */
@NullMarked
package io.strandline.pipeline.reading;

import org.jspecify.annotations.NullMarked;
