/**
 * Keyed state: key groups, canonical encoding, tables that operators update, runs that snapshots are made of, and the
 * {@link io.strandline.state.StateBackend} SPI.
 *
 * <p>May use {@code snapshot} and {@code storage}. Must never know operators, jobs, the catalog or Spring; backends live in
 * the rooms below and this package never imports them.
 */
@NullMarked
package io.strandline.state;

import org.jspecify.annotations.NullMarked;
