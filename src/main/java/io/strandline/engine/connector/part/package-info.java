/**
 * Output in files that wait for their checkpoint: written, fsynced and given the number of an attempt, then made visible,
 * taken back or deleted as versions come and go.
 *
 * <p>May use {@code connector} and {@code element}. Must never know what the rows are for.
 */
@NullMarked
package io.strandline.engine.connector.part;

import org.jspecify.annotations.NullMarked;
