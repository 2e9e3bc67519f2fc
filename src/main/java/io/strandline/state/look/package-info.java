/**
 * Looks at what tables hold right now, between their owner's other work.
 *
 * <p>May use {@code state}, {@code state.run}, {@code state.table} and {@code snapshot}. Must never change what it looks at.
 */
@NullMarked
package io.strandline.state.look;

import org.jspecify.annotations.NullMarked;
