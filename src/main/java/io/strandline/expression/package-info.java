/**
 * Expressions over rows, as the rest of the product sees them: a type-checked text that makes kernels, which work a column
 * at a time.
 *
 * <p>{@code expression.cel} is the door through which a text becomes a {@link io.strandline.expression.CompiledExpression};
 * {@code expression.kernel} does the work. May use the JDK. Must never know any other room: it sees rows only as
 * {@link io.strandline.expression.Columns}.
 */
@NullMarked
package io.strandline.expression;

import org.jspecify.annotations.NullMarked;
