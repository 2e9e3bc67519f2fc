/**
 * What the sources and sinks of pipelines touch in this process: directories that are allow-listed, logs of pushed records,
 * configured databases.
 *
 * <p>May use {@code runner}, {@code pipeline}, {@code expression}, {@code snapshot} and the engine's connectors. Must never
 * know how a job runs.
 */
@NullMarked
package io.strandline.runner.connect;

import org.jspecify.annotations.NullMarked;
