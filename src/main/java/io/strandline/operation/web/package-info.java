/**
 * Operations and the audit over HTTP.
 *
 * <p>May use {@code operation}, the catalog's reads and the HTTP furniture. Must never know what operations do.
 */
@NullMarked
package io.strandline.operation.web;

import org.jspecify.annotations.NullMarked;
