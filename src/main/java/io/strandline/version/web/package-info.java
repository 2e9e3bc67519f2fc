/**
 * Tags, holds, branches and restore over HTTP.
 *
 * <p>May use {@code version} and what that may use. Nobody uses it.
 */
@NullMarked
package io.strandline.version.web;

import org.jspecify.annotations.NullMarked;
