/**
 * Retention over HTTP: policies, plans, explanations, the trash and garbage collection.
 *
 * <p>May use {@code retention}'s rooms and what they may use. Nobody uses it.
 */
@NullMarked
package io.strandline.retention.web;

import org.jspecify.annotations.NullMarked;
