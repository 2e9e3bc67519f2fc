/**
 * The filters of Spring Security that ask every request who sends it and whether it may, the log of those that were refused,
 * and where the server may listen.
 *
 * <p>May use the rest of {@code security}, {@code storage.disk}, {@code problem} and {@code web}. Must never know what a request is about.
 */
@NullMarked
package io.strandline.security.door;

import org.jspecify.annotations.NullMarked;
