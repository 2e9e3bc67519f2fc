/**
 * Bytes in, bytes out: content-addressed blobs, staging areas and manifests, each durable when the call returns.
 *
 * <p>May use the JDK only. Must never know what the bytes mean: no job, no state, no manifest format, no Spring.
 */
@NullMarked
package io.strandline.storage;

import org.jspecify.annotations.NullMarked;
