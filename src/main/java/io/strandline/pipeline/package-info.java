/**
 * The pipeline document: what a job runs, as values. Its specifications, the nodes it was resolved to with the rows each
 * yields, and its canonical form. The room below reads it.
 *
 * <p>May use {@code expression}. Must never know how a pipeline is run or stored, nor which files exist: names of files are
 * checked for their form only.
 */
@NullMarked
package io.strandline.pipeline;

import org.jspecify.annotations.NullMarked;
