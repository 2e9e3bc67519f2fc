/**
 * What a version is: its id, its manifest (read, written, compared, checked), and the self-describing state schemas in it.
 *
 * <p>May use {@code storage} and Jackson's streaming core. Must never know how state is kept in memory, who runs a job or
 * what the catalog says.
 */
@NullMarked
package io.strandline.snapshot;

import org.jspecify.annotations.NullMarked;
