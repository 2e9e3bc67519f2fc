/**
 * API keys: made, given another secret, revoked, recognised; and the first one, without which nobody could make any.
 *
 * <p>May use the base of {@code security}, {@code catalog}, {@code storage.disk}, {@code problem} and {@code web}. Secrets are told once, to whoever
 * asked; only their hashes are written down.
 */
@NullMarked
package io.strandline.security.key;

import org.jspecify.annotations.NullMarked;
