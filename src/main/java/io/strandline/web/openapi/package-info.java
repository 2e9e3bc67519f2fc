/**
 * The API document: what springdoc cannot see by itself, the problems of each call, and the way to Swagger UI.
 *
 * <p>May use {@code web} and {@code problem}. Must never know a feature.
 */
@NullMarked
package io.strandline.web.openapi;

import org.jspecify.annotations.NullMarked;
