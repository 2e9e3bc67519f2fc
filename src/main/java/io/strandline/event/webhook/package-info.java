/**
 * Webhooks: events sent to the addresses that the settings name, signed, in order, each at least once.
 *
 * <p>May use {@code event} and what it may use, and {@code storage.disk}. Must never call an address that a request names, nor follow a redirection
 * to one.
 */
@NullMarked
package io.strandline.event.webhook;

import org.jspecify.annotations.NullMarked;
