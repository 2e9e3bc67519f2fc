/**
 * Expressions over rows: CEL text, parsed and type-checked against a row schema, becomes kernels that work a column at a
 * time.
 *
 * <p>May use the JDK, the CEL parser and checker, and RE2/J for patterns. Must never know any other room: it sees rows
 * only as {@link io.strandline.expression.Columns}.
 */
@NullMarked
package io.strandline.expression;

import org.jspecify.annotations.NullMarked;
