/**
 * The pipeline document: what a job runs, as JSON or YAML. Parses it, checks it to the last field, derives each node's
 * row schema, compiles its expressions, writes its canonical form and publishes its JSON Schema.
 *
 * <p>May use {@code expression} and {@code problem}. Must never know how a pipeline is run or stored, nor which files
 * exist: names of files are checked for their form only.
 */
@NullMarked
package io.strandline.pipeline;

import org.jspecify.annotations.NullMarked;
