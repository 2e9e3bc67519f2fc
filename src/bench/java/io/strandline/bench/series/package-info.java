/**
 * The whole series: every cell of the table, our engine and its peers in turn, medians and spread, written into the page.
 *
 * <p>Starts processes and reads the lines that they print. Must never know an engine.
 */
@NullMarked
package io.strandline.bench.series;

import org.jspecify.annotations.NullMarked;
