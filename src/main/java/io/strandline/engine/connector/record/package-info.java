/**
 * Records as text: JSON objects and CSV lines read straight into columns, and rows written as either.
 *
 * <p>May use {@code element} and {@code snapshot}. Must never know where the text comes from or goes to.
 */
@NullMarked
package io.strandline.engine.connector.record;

import org.jspecify.annotations.NullMarked;
