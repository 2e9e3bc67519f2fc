/**
 * Harnesses that attack a whole server: every call that reaches the disk fails or is the last one, every file is damaged,
 * and what was promised must still hold. Those that need the packaged jar are named {@code …IT}. See docs/trust.md.
 */
@NullMarked
package io.strandline.trust;

import org.jspecify.annotations.NullMarked;
