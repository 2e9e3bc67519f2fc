/**
 * Verifies versions bit by bit while the server runs: those in use and never verified first, within so many bytes a day.
 *
 * <p>May use {@code inspect}, {@code operation}, {@code catalog}, {@code problem} and {@code web}. Must never know how a version is
 * verified, nor keep whoever runs from their work.
 */
@NullMarked
package io.strandline.inspect.campaign;

import org.jspecify.annotations.NullMarked;
