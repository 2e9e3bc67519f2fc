/**
 * Events over HTTP: the stream of server-sent events, and how webhooks stand.
 *
 * <p>May use {@code event} and what it may use. A reader that does not read costs its connection and one event's bytes, never
 * a thread.
 */
@NullMarked
package io.strandline.event.web;

import org.jspecify.annotations.NullMarked;
