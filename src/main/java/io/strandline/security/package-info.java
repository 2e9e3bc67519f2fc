/**
 * Who may call and what they may do: keys ({@code key}), tokens of an issuer ({@code token}), the role of every route
 * ({@code route}), a caller's fair share ({@code limit}), and the filters that see to it ({@code door}).
 *
 * <p>May use {@code catalog}, {@code storage.disk}, {@code problem} and {@code web}. Must never know a feature: what a route is about is written
 * in the table of routes alone.
 */
@NullMarked
package io.strandline.security;

import org.jspecify.annotations.NullMarked;
