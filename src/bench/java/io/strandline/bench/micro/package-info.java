/**
 * The engine's inner parts by themselves, with JMH: {@code java -cp target/bench.jar org.openjdk.jmh.Main StateTable}.
 *
 * <p>May use any public part of an engine room. Must never know the workloads.
 */
@NullMarked
package io.strandline.bench.micro;

import org.jspecify.annotations.NullMarked;
