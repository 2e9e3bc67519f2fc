/**
 * Runs jobs in this process: turns a pipeline document into the engine's graph, opens state on the backend it names, and
 * carries outcomes between the engine and the {@code runner} SPI.
 *
 * <p>May use {@code runner}, {@code pipeline}, {@code expression}, the engine's doors, {@code state}, {@code snapshot} and
 * {@code storage}. Must never know the catalog or HTTP.
 */
@NullMarked
package io.strandline.runner.embedded;

import org.jspecify.annotations.NullMarked;
