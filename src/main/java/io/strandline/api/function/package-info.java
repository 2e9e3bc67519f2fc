/**
 * What user code implements and what it is handed: {@link io.strandline.api.function.ProcessFunction} and, for pipeline documents,
 * {@link io.strandline.api.function.RowFunction}.
 *
 * <p>May use {@code api.type} and {@code api.state}. Must never know operators, batches or plug-in jars.
 */
@NullMarked
package io.strandline.api.function;

import org.jspecify.annotations.NullMarked;
