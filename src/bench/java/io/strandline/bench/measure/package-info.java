/**
 * What every engine is measured with: the records it is fed, when, and what is counted at the other end.
 *
 * <p>Compiled into the benchmark of each engine, so it may use the JDK only and must never know any of them.
 */
@NullMarked
package io.strandline.bench.measure;

import org.jspecify.annotations.NullMarked;
