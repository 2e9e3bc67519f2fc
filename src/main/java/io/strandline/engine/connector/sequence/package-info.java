/**
 * A source of made-up records for tests and benchmarks, every one a pure function of seed, partition and offset.
 *
 * <p>May use {@code connector} and {@code element}. Must never know who reads it.
 */
@NullMarked
package io.strandline.engine.connector.sequence;

import org.jspecify.annotations.NullMarked;
