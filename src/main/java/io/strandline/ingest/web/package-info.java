/**
 * The endpoints of pushed records.
 *
 * <p>May use {@code ingest}, {@code runner}, {@code catalog}, {@code problem} and {@code web}. Must never know how records are
 * kept.
 */
@NullMarked
package io.strandline.ingest.web;

import org.jspecify.annotations.NullMarked;
