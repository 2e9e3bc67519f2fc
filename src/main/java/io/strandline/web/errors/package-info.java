/**
 * Turns everything that goes wrong into a problem body
 *
 * <p>May use  exceptions in controllers, what Spring refuses, what Tomcat refuses before Spring.:{@code web} and {@code problem}. Must never know a feature or the engine.
 */
@NullMarked
package io.strandline.web.errors;

import org.jspecify.annotations.NullMarked;
