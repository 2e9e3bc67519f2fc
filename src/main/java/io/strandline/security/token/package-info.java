/**
 * Tokens of an OAuth 2 issuer: checked by its keys, and turned into who calls and what they may do.
 *
 * <p>May use the base of {@code security}, {@code problem} and {@code web}. Must never keep a token.
 */
@NullMarked
package io.strandline.security.token;

import org.jspecify.annotations.NullMarked;
