/**
 * Records from outside: pushes to sources of jobs, kept until no version needs them, and those that could not be processed.
 *
 * <p>May use {@code runner}, {@code catalog}, {@code snapshot}, {@code problem} and {@code web}. Must never know how records
 * are kept, or what a pipeline does with them.
 */
@NullMarked
package io.strandline.ingest;

import org.jspecify.annotations.NullMarked;
