/**
 * What a subtask is made of: vertices linked one behind the other, each with its work, its outputs and its figures.
 *
 * <p>May use {@code operator}, {@code connector}, {@code channel}, {@code element} and {@code state}. Must never know threads,
 * attempts or who steps it.
 */
@NullMarked
package io.strandline.engine.chain;

import org.jspecify.annotations.NullMarked;
