/**
 * The door through which text becomes an expression: CEL, parsed and type-checked by its own parser and checker, priced, and
 * translated to kernels; what has no kernel is left to CEL's runtime, row by row.
 *
 * <p>May use its parent, {@code expression.kernel} and dev.cel, which only this room knows. Must never know where rows come
 * from.
 */
@NullMarked
package io.strandline.expression.cel;

import org.jspecify.annotations.NullMarked;
