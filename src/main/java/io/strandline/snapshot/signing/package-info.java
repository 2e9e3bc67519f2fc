/**
 * Who vouches for a manifest: Ed25519 signatures over its bytes, beside them so that its digest stays what it is.
 *
 * <p>May use {@code storage} and the JDK. Must never know what a manifest says, nor where its signature is kept.
 */
@NullMarked
package io.strandline.snapshot.signing;

import org.jspecify.annotations.NullMarked;
