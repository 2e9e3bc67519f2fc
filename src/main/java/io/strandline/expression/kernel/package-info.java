/**
 * Typed kernels: what an expression's parts compute, a column at a time. {@link io.strandline.expression.kernel.Functions}
 * lists what there is a kernel for, {@link io.strandline.expression.kernel.Kernels} puts trees of them together.
 *
 * <p>May use the JDK and RE2/J for patterns. Must never know a language's parser or syntax tree; names of functions are
 * CEL's.
 */
@NullMarked
package io.strandline.expression.kernel;

import org.jspecify.annotations.NullMarked;
