/**
 * The composition root: turns settings into the parts the other rooms ask for in their constructors.
 *
 * <p>May use every room. No room may use it.
 */
@NullMarked
package io.strandline.config;

import org.jspecify.annotations.NullMarked;
