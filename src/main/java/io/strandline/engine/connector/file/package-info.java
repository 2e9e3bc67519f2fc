/**
 * Files as source and sink: one record a line, JSON or CSV. The source's offset is a byte position; the sink's part files
 * become visible when a checkpoint completes.
 *
 * <p>May use {@code connector}, {@code element} and {@code snapshot}. Must never know where files may lie: paths come
 * resolved.
 */
@NullMarked
package io.strandline.engine.connector.file;

import org.jspecify.annotations.NullMarked;
