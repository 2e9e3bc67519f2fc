/**
 * Turns everything that goes wrong into a problem body: exceptions in controllers, what Spring refuses, what Tomcat refuses before
 * Spring.
 *
 * <p>May use {@code web} and {@code problem}. Must never know a feature or the engine.
 */
@NullMarked
package io.strandline.web.errors;

import org.jspecify.annotations.NullMarked;
