/**
 * The API document
 *
 * <p>May use  what springdoc cannot see by itself, the problems of each call, and the way to Swagger UI.:{@code web} and {@code problem}. Must never know a feature.
 */
@NullMarked
package io.strandline.web.openapi;

import org.jspecify.annotations.NullMarked;
