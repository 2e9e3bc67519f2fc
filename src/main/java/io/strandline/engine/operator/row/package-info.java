/**
 * Operators that take rows one by one and remember nothing: filter, map, union.
 *
 * <p>May use {@code operator}, {@code element} and {@code snapshot}. Must never know state, threads, channels or checkpoints.
 */
@NullMarked
package io.strandline.engine.operator.row;

import org.jspecify.annotations.NullMarked;
