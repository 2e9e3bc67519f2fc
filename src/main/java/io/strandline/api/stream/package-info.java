/**
 * Jobs written in Java: {@link io.strandline.api.stream.StreamJob} builds the graph that a pipeline document would, and
 * {@link io.strandline.api.stream.LocalEngine} runs it in this process, with versions in a directory.
 *
 * <p>May use the other rooms of the API and the doors of the engine rooms. Must never know the server: its jobs, catalog and REST.
 */
@NullMarked
package io.strandline.api.stream;

import org.jspecify.annotations.NullMarked;
