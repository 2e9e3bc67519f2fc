/**
 * The calls that hand versions out as archives and take them in.
 *
 * <p>May use {@code transfer}, {@code operation}, {@code catalog}, {@code problem} and {@code web}. Must never know what an archive looks like.
 */
@NullMarked
package io.strandline.transfer.web;

import org.jspecify.annotations.NullMarked;
