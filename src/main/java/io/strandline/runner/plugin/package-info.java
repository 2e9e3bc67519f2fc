/**
 * Classes out of plug-in jars: read once at start from a directory that the operator of the server names, each jar by a class loader of
 * its own that shows it the Java API and nothing else of the server.
 *
 * <p>May use the API, {@code pipeline} and {@code engine.operator}. Must never know jobs, instances or REST.
 */
@NullMarked
package io.strandline.runner.plugin;

import org.jspecify.annotations.NullMarked;
